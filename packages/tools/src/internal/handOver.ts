import type { AgentTool, ModelTool } from "@butler/domain"
import { Effect, Schema } from "effect"
import { decodeInput } from "./decodeInput.ts"

const NAME = "hand_over"

/** As long as anybody reads who takes over. */
const MAX_REASON = 1_000

const decode = decodeInput(NAME, Schema.Struct({ reason: Schema.String.check(Schema.isMinLength(1)) }))

export const handOverSpec: ModelTool = {
  name: NAME,
  description:
    "Hands this conversation over to a person, who reads it and goes on. Call it when the contact asks for a person, or when you cannot help. After it say in one sentence that a colleague takes over.",
  inputSchema: {
    type: "object",
    properties: { reason: { type: "string", description: "Why, in one sentence, for the person who takes over" } },
    required: ["reason"],
    additionalProperties: false
  }
}

/** Gives the dialog to people when the turn has ended. */
export const handOver: AgentTool = {
  kind: "internal",
  ...handOverSpec,
  call: Effect.fn("Tools.handOver")(function* (input) {
    const reason = (yield* decode(input)).reason.slice(0, MAX_REASON).toWellFormed()
    return {
      content: "Done: a person takes over when this answer has been given. Tell the contact so.",
      isError: false,
      logs: [{ type: "systemTask", name: NAME, message: reason }],
      effects: [{ _tag: "HandOver", reason }]
    }
  })
}
