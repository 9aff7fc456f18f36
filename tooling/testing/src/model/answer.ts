import type { ServerResponse } from "node:http"
import { setTimeout as delay } from "node:timers/promises"
import { fieldOf } from "./chatMessages.ts"
import { errorBody, streamWire, wholeCompletion } from "./completionWire.ts"
import type { ModelChunk, ModelReply, ModelRequest, ModelToolCall } from "./ModelReply.ts"

type Chunks = ReadonlyArray<string | ModelChunk>

const NO_USAGE = { promptTokens: 0, completionTokens: 0 }
const JSON_HEADERS = { "content-type": "application/json" }
const STREAM_HEADERS = { "content-type": "text/event-stream", "cache-control": "no-cache" }

const textOf = (chunk: string | ModelChunk): string => (typeof chunk === "string" ? chunk : chunk.text)

/** Waits for the chunk's time; a timer that ends with the response, so that a stopped server leaves nothing behind. */
const due = async (chunk: string | ModelChunk, signal: AbortSignal): Promise<void> => {
  if (typeof chunk === "string") return
  await chunk.after
  if (chunk.afterMs !== undefined && chunk.afterMs > 0) await delay(chunk.afterMs, undefined, { signal })
}

/** Plays one reply on one response. */
export const answer = async (
  request: ModelRequest,
  reply: ModelReply,
  response: ServerResponse,
  signal: AbortSignal
): Promise<void> => {
  const model = String(fieldOf(request.body, "model") ?? "scripted")
  const streamed = fieldOf(request.body, "stream") === true
  const wire = streamWire(model)

  const begin = () => {
    if (response.headersSent) return
    response.writeHead(200, STREAM_HEADERS)
    response.write(wire.role)
  }

  const deltas = async (chunks: Chunks) => {
    for (const chunk of chunks) {
      await due(chunk, signal)
      begin()
      response.write(wire.text(textOf(chunk)))
      request.sentAt.push(performance.now())
    }
  }

  const complete = async (
    chunks: Chunks,
    calls: ReadonlyArray<ModelToolCall>,
    {
      finishReason = calls.length > 0 ? "tool_calls" : "stop",
      usage = NO_USAGE
    }: Extract<ModelReply, { kind: "empty" }>
  ) => {
    if (!streamed) {
      for (const chunk of chunks) await due(chunk, signal)
      const text = chunks.length === 0 && calls.length > 0 ? null : chunks.map(textOf).join("")
      response.writeHead(200, JSON_HEADERS).end(wholeCompletion(model, text, calls, finishReason, usage))
      return
    }
    await deltas(chunks)
    begin()
    if (calls.length > 0) response.write(wire.toolCalls(calls))
    response.write(wire.finish(finishReason))
    if (fieldOf(fieldOf(request.body, "stream_options"), "include_usage") === true) response.write(wire.usage(usage))
    response.end(wire.done)
  }

  switch (reply.kind) {
    case "text":
      return complete([{ text: reply.text, afterMs: reply.delayMs ?? 0 }], [], { ...reply, kind: "empty" })
    case "chunks":
      return complete(reply.chunks, [], { ...reply, kind: "empty" })
    case "toolCalls":
      return complete(reply.text === undefined ? [] : [reply.text], reply.calls, { ...reply, kind: "empty" })
    case "empty":
      return complete([], [], reply)
    case "status": {
      const body = errorBody(reply.status, reply.message ?? "scripted failure")
      response.writeHead(reply.status, { ...JSON_HEADERS, ...reply.headers }).end(body)
      return
    }
    case "cut":
      if (reply.after !== undefined) {
        begin()
        await deltas(reply.after)
      }
      // What was written must be on its way before the reset, or it is lost with it.
      await new Promise((resolve) => (response.headersSent ? response.write("\n", resolve) : resolve(undefined)))
      response.socket?.resetAndDestroy()
      return
    case "unfinished":
      begin()
      await deltas(reply.chunks)
      response.end()
      return
    case "hang":
      if (reply.after !== undefined) {
        begin()
        await deltas(reply.after)
      }
      return
    case "raw":
      if (reply.after !== undefined) await deltas(reply.after)
      if (!response.headersSent) response.writeHead(200, streamed ? STREAM_HEADERS : JSON_HEADERS)
      response.end(reply.body)
      return
  }
}
