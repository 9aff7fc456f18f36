import type { AgentTool, ModelTool } from "@butler/domain"
import { Effect } from "effect"

const NAME = "resolve"

export const resolveSpec: ModelTool = {
  name: NAME,
  description:
    "Marks the contact's matter as settled. Call it only when the contact has said that they need nothing more, or has thanked you and said goodbye.",
  inputSchema: { type: "object", properties: {}, additionalProperties: false }
}

/** Ends the conversation when the turn has ended: what the contact says next begins another. */
export const resolve: AgentTool = {
  kind: "internal",
  ...resolveSpec,
  call: () =>
    Effect.succeed({
      content: "Done: the matter is marked as settled. Say goodbye.",
      isError: false,
      logs: [{ type: "systemTask", name: NAME, message: "the matter is settled" }],
      effects: [{ _tag: "Resolve" }]
    })
}
