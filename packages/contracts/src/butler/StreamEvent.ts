import { Schema } from "effect"
import { AgentLogResource, CompletionResponse, ReplyMessage, TurnStatusResource } from "./CompletionResponse.ts"

const event = <const Name extends string, Data extends Schema.Top>(name: Name, data: Data) =>
  Schema.Struct({
    id: Schema.String,
    event: Schema.Literal(name),
    // Without its name, or the document would list the JSON string around the data as "…Encoded".
    data: Schema.fromJsonString(data).annotate({ identifier: undefined })
  })

/**
 * The server-sent events of one turn. `id` is gapless from 1; `turn.completed` or `turn.failed` is the last; after `turn.restarted` the deltas so far are void, and the turn
 * goes on when the client goes away.
 */
export const StreamEvent = Schema.Union([
  event("turn.accepted", Schema.Struct({ dialogId: Schema.String, turnId: Schema.String, status: TurnStatusResource })),
  event("log", AgentLogResource),
  event("delta", Schema.Struct({ text: Schema.String })),
  event("turn.restarted", Schema.Struct({})),
  event("message", ReplyMessage),
  event("turn.completed", CompletionResponse),
  event("turn.failed", Schema.Struct({ code: Schema.Finite, message: Schema.String }))
]).annotate({ identifier: "StreamEvent" })
export type StreamEvent = typeof StreamEvent.Type
