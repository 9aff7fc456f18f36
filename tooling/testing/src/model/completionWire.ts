import type { ModelToolCall, ModelUsage } from "./ModelReply.ts"

/** Constant, so that a script's answer is the same in every run. */
const ENVELOPE = { id: "chatcmpl-scripted", created: 1_700_000_000 }

const usageOf = ({ completionTokens, promptTokens }: ModelUsage) => ({
  prompt_tokens: promptTokens,
  completion_tokens: completionTokens,
  total_tokens: promptTokens + completionTokens
})

const toolCallOf = (call: ModelToolCall, index: number) => ({
  id: `call_${index + 1}`,
  type: "function",
  function: { name: call.name, arguments: JSON.stringify(call.arguments) }
})

const event = (model: string, rest: object): string =>
  `data: ${JSON.stringify({ ...ENVELOPE, object: "chat.completion.chunk", model, ...rest })}\n\n`

const choice = (delta: object, finishReason: string | null) => ({
  choices: [{ index: 0, delta, finish_reason: finishReason }]
})

/** The events of a streamed completion. */
export const streamWire = (model: string) => ({
  role: event(model, choice({ role: "assistant", content: "" }, null)),
  text: (content: string): string => event(model, choice({ content }, null)),
  toolCalls: (calls: ReadonlyArray<ModelToolCall>): string =>
    event(model, choice({ tool_calls: calls.map((call, index) => ({ index, ...toolCallOf(call, index) })) }, null)),
  finish: (reason: string): string => event(model, choice({}, reason)),
  usage: (usage: ModelUsage): string => event(model, { choices: [], usage: usageOf(usage) }),
  done: "data: [DONE]\n\n"
})

/** A completion in one piece. */
export const wholeCompletion = (
  model: string,
  text: string | null,
  calls: ReadonlyArray<ModelToolCall>,
  finishReason: string,
  usage: ModelUsage
): string =>
  JSON.stringify({
    ...ENVELOPE,
    object: "chat.completion",
    model,
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: text, ...(calls.length > 0 && { tool_calls: calls.map(toolCallOf) }) },
        finish_reason: finishReason
      }
    ],
    usage: usageOf(usage)
  })

const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  404: "invalid_request_error",
  429: "rate_limit_error"
}

export const errorBody = (status: number, message: string): string =>
  JSON.stringify({ error: { message, type: ERROR_TYPES[status] ?? "server_error", param: null, code: null } })
