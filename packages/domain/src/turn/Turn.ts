import { Schema } from "effect"
import { AgentLog } from "../agent/AgentLog.ts"
import { AgentId, ContactId, DialogId, MessageId, TurnId } from "../ids/brands.ts"
import { Reply } from "../message/Message.ts"
import { TurnStatus } from "./turnStatus.ts"

/** Why a turn failed, in words that are safe to show: no secrets, no upstream text. */
export const TurnFailure = Schema.Struct({ type: Schema.String, detail: Schema.String })
export type TurnFailure = typeof TurnFailure.Type

/**
 * One timed part of a turn's work; `tokens` as the model counted them, `cost` by the model's prices, `detail` what there is to see of
 * it: scores, arguments, results.
 */
export const TurnStep = Schema.Struct({
  name: Schema.String,
  startedAt: Schema.Finite,
  durationMs: Schema.Finite,
  outcome: Schema.Literals(["ok", "failed"]),
  tokens: Schema.optionalKey(
    Schema.Struct({
      input: Schema.NullOr(Schema.Finite),
      output: Schema.NullOr(Schema.Finite),
      /** The model did not say, or was cut short. */
      estimated: Schema.optionalKey(Schema.Literal(true))
    })
  ),
  model: Schema.optionalKey(Schema.String),
  cost: Schema.optionalKey(Schema.Finite),
  detail: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown))
})
export type TurnStep = typeof TurnStep.Type

/**
 * One query accepted for a dialog and all that followed from it. `sequence` is its place in the dialog's order, gapless
 * from 1; a coalesced turn has none, since another answers for it, nor has one that the agent is not to answer, since
 * people have the dialog: it is completed, without a reply, from the beginning.
 */
export const Turn = Schema.Struct({
  id: TurnId,
  dialogId: DialogId,
  contactId: ContactId,
  agentId: AgentId,
  /** The version of the agent that answers, negative for a draft; null for turns from before versions were counted. */
  agentVersion: Schema.NullOr(Schema.Int),
  sequence: Schema.NullOr(Schema.Int),
  status: TurnStatus,
  inboundMessageId: MessageId,
  query: Schema.String,
  replies: Schema.Array(Reply),
  agentLogs: Schema.Array(AgentLog),
  error: Schema.NullOr(TurnFailure),
  steps: Schema.Array(TurnStep),
  /** How the turn's stream went (`progressOf`). */
  timeline: Schema.Array(Schema.Int),
  attempts: Schema.Int,
  /** The turn whose answer stands for this one when it was coalesced. */
  answeredBy: Schema.NullOr(TurnId),
  createdAt: Schema.Date,
  startedAt: Schema.NullOr(Schema.Date),
  finishedAt: Schema.NullOr(Schema.Date)
})
export type Turn = typeof Turn.Type

/** The turn does not exist in this workspace. */
export class TurnNotFound extends Schema.TaggedError<TurnNotFound>()("TurnNotFound", { turnId: TurnId }) {
  override get message(): string {
    return `turn ${this.turnId} does not exist`
  }
}
