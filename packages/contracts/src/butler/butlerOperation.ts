import { operation, type OperationNotes } from "../openapi/operation.ts"
import { butlerError, type ButlerErrorType } from "./ButlerError.ts"

/** What every call of the butler API with a key and a body can be refused with. */
export const commonErrors = [
  "invalid_request",
  "unauthenticated",
  "forbidden",
  "feature_disabled",
  "payload_too_large",
  "unsupported_media_type",
  "rate_limited",
  "internal",
  "unavailable"
] as const satisfies ReadonlyArray<ButlerErrorType>

/** And what a turn can, beside. */
export const turnErrors: ReadonlyArray<ButlerErrorType> = [
  "invalid_request",
  "unauthenticated",
  "dialog_contact_mismatch",
  "forbidden",
  "feature_disabled",
  "messages_limit_reached",
  "dialog_not_found",
  "dialog_busy",
  "idempotency_in_progress",
  "payload_too_large",
  "unsupported_media_type",
  "idempotency_mismatch",
  "rate_limited",
  "internal",
  "model_failed",
  "unavailable",
  "model_timeout"
]

/** The annotations of an operation of the butler API. */
export const butlerOperation = (notes: OperationNotes<ButlerErrorType>) =>
  operation(notes, (type, refusal) => butlerError(type, { ...refusal, locale: "en" }))
