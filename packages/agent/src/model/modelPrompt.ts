import type { LanguageModelV4FunctionTool, LanguageModelV4Message } from "@ai-sdk/provider"
import type { ModelTool, PromptMessage } from "@butler/domain"
import { Predicate } from "effect"

const messageOf = (message: PromptMessage): LanguageModelV4Message => {
  switch (message.role) {
    case "system":
      return { role: "system", content: message.content }
    case "user":
      return { role: "user", content: [{ type: "text", text: message.content }] }
    case "assistant": {
      const { content, toolCalls = [] } = message
      // Providers refuse a whole conversation for one call whose arguments are no object.
      const calls = toolCalls.map(
        ({ id, input, name }) =>
          ({
            type: "tool-call",
            toolCallId: id,
            toolName: name,
            input: Predicate.isObject(input) ? input : {}
          }) as const
      )
      return { role: "assistant", content: content === "" ? calls : [{ type: "text", text: content }, ...calls] }
    }
    case "tool": {
      const { call, content } = message
      const output = { type: "text", value: content } as const
      return { role: "tool", content: [{ type: "tool-result", toolCallId: call.id, toolName: call.name, output }] }
    }
  }
}

/** A prompt in the AI SDK's words. */
export const modelMessages = (messages: ReadonlyArray<PromptMessage>): Array<LanguageModelV4Message> =>
  messages.map(messageOf)

/** Tools that the SDK tells the model of and never calls. */
export const modelTools = (tools: ReadonlyArray<ModelTool>): Array<LanguageModelV4FunctionTool> =>
  tools.map(({ description, inputSchema, name }) => ({ type: "function", name, description, inputSchema }))
