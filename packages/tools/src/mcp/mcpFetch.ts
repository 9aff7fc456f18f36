import { EgressRefused } from "@butler/webhooks/egress"
import type { FetchLike } from "@modelcontextprotocol/client"
import type { Dispatcher } from "undici"
import { type Body, eventAnswer, jsonAnswer, readBounded } from "./boundedAnswer.ts"
import { type SentMessage, sentMessage } from "./sentMessage.ts"
import type { ToolLimits } from "./toolLimits.ts"

/** What is read of an answer that is no answer. */
const REFUSAL_BYTES = 16_384

type Headers = Dispatcher.ResponseData["headers"]

const headerPairs = (headers: Headers): Array<[string, string]> =>
  Object.entries(headers).flatMap(([name, value]): Array<[string, string]> =>
    value === undefined ? [] : [[name, String(value)]]
  )

const textBody = (body: RequestInit["body"]): string => (typeof body === "string" ? body : "")

interface Exchange {
  readonly sent: SentMessage
  readonly signal: AbortSignal
  /** To be called when the answer has been read, or is not going to be. */
  readonly done: () => void
}

/** The answer as the SDK takes it, bounded, whatever the server sends. */
const respond = async (
  { body, headers, statusCode: status }: Dispatcher.ResponseData,
  { done, sent, signal }: Exchange,
  limits: ToolLimits
): Promise<Response> => {
  const { id } = sent
  const init = { status, headers: headerPairs(headers) }
  const bytes: Body = body
  const maxBytes = sent.isCall ? limits.resultBytes : limits.answerBytes
  const type = status >= 200 && status < 300 ? String(headers["content-type"] ?? "") : ""
  if (id !== null && type.startsWith("text/event-stream")) {
    return new Response(ReadableStream.from(eventAnswer(bytes, id, maxBytes, signal, done)), init)
  }
  try {
    if (id !== null && type.startsWith("application/json")) {
      return new Response(await jsonAnswer(bytes, id, maxBytes), init)
    }
    const refusal = await readBounded(bytes, REFUSAL_BYTES)
    if (status >= 300 && status < 400) {
      throw new EgressRefused({ reason: "the server leads on to another address, which is not followed" })
    }
    return new Response(status >= 400 ? refusal : null, init)
  } finally {
    done()
  }
}

/**
 * `fetch` for one connection to a server of tools, by way of a guarded dispatcher. It follows no redirect, knows no proxy, reads
 * no more than the limits say, and answers in the server's place where that does not. A request that is taken back is hung up.
 * The stream on which a server speaks unasked is not opened: what it could tell is not listened to.
 */
export const mcpFetch = (dispatcher: Dispatcher, limits: ToolLimits): FetchLike => {
  const running = new Map<string | number, AbortController>()

  const begin = (sent: SentMessage, given: AbortSignal | null | undefined): Exchange => {
    const hangUp = new AbortController()
    if (sent.cancels !== null) running.get(sent.cancels)?.abort()
    if (sent.id !== null) running.set(sent.id, hangUp)
    return {
      sent,
      signal: given ? AbortSignal.any([given, hangUp.signal]) : hangUp.signal,
      done: () => {
        if (sent.id !== null) running.delete(sent.id)
      }
    }
  }

  return async (input, init = {}) => {
    if (init.method === "GET") return new Response(null, { status: 405 })
    const url = new URL(input)
    const method = init.method === "DELETE" ? "DELETE" : "POST"
    const body = textBody(init.body)
    const exchange = begin(sentMessage(body), init.signal)
    const answering = dispatcher.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method,
      headers: Object.fromEntries(new Headers(init.headers)),
      body: method === "POST" ? body : null,
      signal: exchange.signal,
      // The one deadline is ours.
      headersTimeout: 0,
      bodyTimeout: 0
    })
    const answer = await answering.catch((cause: unknown) => {
      exchange.done()
      throw cause
    })
    return respond(answer, exchange, limits)
  }
}
