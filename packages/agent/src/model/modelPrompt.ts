import type { ModelTool, PromptMessage } from "@butler/domain"
import { jsonSchema, type ModelMessage, type ToolSet } from "ai"
import { Predicate } from "effect"

const messageOf = (message: PromptMessage): ReadonlyArray<ModelMessage> => {
  switch (message.role) {
    case "system":
      return []
    case "user":
      return [{ role: "user", content: message.content }]
    case "assistant": {
      const { content, toolCalls = [] } = message
      if (toolCalls.length === 0) return [{ role: "assistant", content }]
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
      return [{ role: "assistant", content: content === "" ? calls : [{ type: "text", text: content }, ...calls] }]
    }
    case "tool": {
      const { call, content } = message
      const output = { type: "text", value: content } as const
      return [{ role: "tool", content: [{ type: "tool-result", toolCallId: call.id, toolName: call.name, output }] }]
    }
  }
}

/** A prompt in the AI SDK's words. */
export const modelMessages = (messages: ReadonlyArray<PromptMessage>): Array<ModelMessage> =>
  messages.flatMap(messageOf)

/** What a prompt says with the system's voice; undefined where it says nothing. */
export const modelInstructions = (messages: ReadonlyArray<PromptMessage>): string | undefined => {
  const instructions = messages.filter(({ role }) => role === "system").map(({ content }) => content)
  return instructions.length === 0 ? undefined : instructions.join("\n\n")
}

/** Tools that the SDK tells the model of and never calls. */
export const modelTools = (tools: ReadonlyArray<ModelTool>): ToolSet =>
  Object.fromEntries(
    tools.map(({ description, inputSchema, name }) => [name, { description, inputSchema: jsonSchema(inputSchema) }])
  )
