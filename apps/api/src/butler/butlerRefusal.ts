import type { ButlerErrorType } from "@butler/contracts"
import type { TurnNotFound, TurnRefused } from "@butler/domain"
import { Schema } from "effect"
import { refuse, refuseInput, Refused } from "../http/Refused.ts"
import type { TurnFailed } from "../turn/TurnFailed.ts"

type DomainFailure = TurnRefused | TurnNotFound

/** What can go wrong on this face. */
export type ButlerFailure = DomainFailure | TurnFailed | Refused | Schema.SchemaError

const codeOf: Record<DomainFailure["_tag"], ButlerErrorType> = {
  // A key names an agent that there is.
  AgentNotFound: "internal",
  DialogBusy: "dialog_busy",
  DialogContactMismatch: "dialog_contact_mismatch",
  DialogNotFound: "dialog_not_found",
  IdempotencyMismatch: "idempotency_mismatch",
  MessagesLimitReached: "messages_limit_reached",
  // An accepted turn is never deleted, so only a fault of ours can lose it.
  TurnNotFound: "internal"
}

/** The answer of a turn that failed: a model's failure is told apart from a breakdown of ours. */
const turnCodeOf: Readonly<Record<string, ButlerErrorType>> = {
  model_failed: "model_failed",
  model_timeout: "model_timeout"
}

/** Every failure of this face as the refusal it is answered with. */
export const butlerRefusal = (failure: ButlerFailure): Refused => {
  if (failure instanceof Refused) return failure
  if (failure instanceof Schema.SchemaError) return refuseInput(failure)
  if (failure._tag === "TurnFailed") return refuse(turnCodeOf[failure.type] ?? "internal", failure.detail)
  return refuse(codeOf[failure._tag], failure.message)
}
