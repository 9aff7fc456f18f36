import { Result, Schema } from "effect"
import type { DialogId, TurnId } from "../ids/brands.ts"

/** For how long a key stands for its turn. */
export const IDEMPOTENCY_HOURS = 24

/** A caller's `Idempotency-Key` with what it was used for: unique per workspace and route. */
export interface IdempotencyKey {
  readonly route: string
  readonly key: string
  /** Digest of the request's body, so that a key used for another request is noticed. */
  readonly fingerprint: string
}

/** What the store knows of a key; older than `IDEMPOTENCY_HOURS` it knows nothing. */
export interface IdempotencyRecord {
  readonly fingerprint: string
  readonly turnId: TurnId
  readonly dialogId: DialogId
}

/** The key was used for a request with another body. */
export class IdempotencyMismatch extends Schema.TaggedError<IdempotencyMismatch>()("IdempotencyMismatch", {
  key: Schema.String
}) {
  override get message(): string {
    return `the idempotency key was used for another request`
  }
}

/** The turn that a repeated request stands for; null for a first request. */
export const replayOf = (
  key: IdempotencyKey | null,
  record: IdempotencyRecord | null
): Result.Result<IdempotencyRecord | null, IdempotencyMismatch> =>
  key !== null && record !== null && record.fingerprint !== key.fingerprint
    ? Result.fail(new IdempotencyMismatch({ key: key.key }))
    : Result.succeed(record)
