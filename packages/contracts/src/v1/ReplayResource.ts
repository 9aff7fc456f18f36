import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { replayId, webhookEndpointId } from "../fields/ids.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { optional, orElse } from "../fields/unset.ts"

const Status = Schema.Literals(["dead", "skipped", "delivered"])

export const ReplayRequest = Schema.Struct({
  since: IsoTime.annotate({ description: "Deliveries made from then on; at most 30 days ago." }),
  until: optional(IsoTime, { description: "Deliveries made before then; now without it." }),
  status: optional(Status, { description: "Only deliveries in this state; `dead` and `skipped` ones without it." }),
  dryRun: orElse(Schema.Boolean, false, { description: "Only count them." })
}).annotate({ identifier: "ReplayRequest" })
export type ReplayRequest = typeof ReplayRequest.Type
export const decodeReplayRequest = decoder(ReplayRequest)

export const ReplayResource = Schema.Struct({
  id: Schema.NullOr(Schema.String).annotate({ description: "Null for a dry run." }),
  since: IsoTime,
  until: IsoTime,
  statuses: Schema.Array(Schema.String),
  total: Schema.Int.annotate({ description: "How many deliveries there were when it was asked for." }),
  done: Schema.Int.annotate({ description: "How many have been put back to be sent." }),
  createdAt: IsoTime,
  finishedAt: Schema.NullOr(IsoTime)
}).annotate({
  identifier: "Replay",
  description: "A job that sends deliveries again: with their ids, in the order they were made, with the full schedule."
})
export type ReplayResource = typeof ReplayResource.Type

export const ReplayParams = Schema.Struct({ endpointId: webhookEndpointId, replayId })
export const decodeReplayParams = decoder(ReplayParams)
