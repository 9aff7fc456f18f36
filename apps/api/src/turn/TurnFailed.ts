import { TurnId } from "@butler/domain"
import { Schema } from "effect"

/** The turn was run and is stored as failed, the contact's message with it. */
export class TurnFailed extends Schema.TaggedError<TurnFailed>()("TurnFailed", {
  turnId: TurnId,
  type: Schema.String,
  detail: Schema.String
}) {}
