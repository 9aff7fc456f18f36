import { chatMessages } from "./chatMessages.ts"
import type { ModelReply, ModelRequest } from "./ModelReply.ts"

export interface EchoOptions {
  /** Before the first delta. */
  readonly latencyMs?: number
  /** In how many deltas the answer comes. */
  readonly chunks?: number
  /** Between two deltas. */
  readonly everyMs?: number
}

const words = (text: string): number => text.split(/\s+/u).filter((word) => word !== "").length

const pieces = (text: string, count: number): ReadonlyArray<string> => {
  const size = Math.max(1, Math.ceil(text.length / count))
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size)
  )
}

/** Answers every request with its last user message, always in the same way. */
export const echo =
  ({ chunks = 4, everyMs = 0, latencyMs = 0 }: EchoOptions = {}) =>
  (request: ModelRequest): ModelReply => {
    const messages = chatMessages(request.body)
    const text = `You said: ${messages.findLast(({ role }) => role === "user")?.content ?? ""}`
    return {
      kind: "chunks",
      chunks: pieces(text, chunks).map((piece, index) => ({ text: piece, afterMs: index === 0 ? latencyMs : everyMs })),
      usage: { promptTokens: words(messages.map(({ content }) => content).join(" ")), completionTokens: words(text) }
    }
  }
