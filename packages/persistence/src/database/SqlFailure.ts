import { Effect, Schema } from "effect"

/**
 * `constraint`: the statement broke a named constraint. `conflict`: another transaction won, running the whole transaction
 * again is worth it. `unavailable`: no session with the database could be had or kept. `statement`: anything else.
 */
const Reason = Schema.Literals(["constraint", "conflict", "unavailable", "statement"])

/** What the database refused, whichever engine said it. Adapters turn known constraints into domain errors. */
export class SqlFailure extends Schema.TaggedError<SqlFailure>()("SqlFailure", {
  operation: Schema.String,
  reason: Reason,
  /** SQLSTATE, or the driver's or system's own code such as ECONNREFUSED. */
  code: Schema.optionalKey(Schema.String),
  constraint: Schema.optionalKey(Schema.String),
  cause: Schema.Defect()
}) {
  override get message(): string {
    const code = this.code === undefined ? "" : ` (${this.code})`
    const detail = this.cause instanceof Error ? `: ${this.cause.message}` : ""
    return `${this.operation} failed${code}${detail}`
  }
}

const UNAVAILABLE: ReadonlySet<string> = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "POOL_EXHAUSTED",
  "25006", // read-only: the old primary after a fail-over
  "53300", // too many connections
  "57P01", // shut down by the administrator
  "57P02", // another session crashed
  "57P03" // starting up or shutting down
])

const CONFLICT: ReadonlySet<string> = new Set([
  "40001", // serialization failure
  "40P01" // deadlock
])

const textOf = (cause: unknown, key: string): string | undefined => {
  if (typeof cause !== "object" || cause === null) return undefined
  const value: unknown = Reflect.get(cause, key)
  return typeof value === "string" && value !== "" ? value : undefined
}

const reasonOf = (code: string | undefined, constraint: string | undefined): typeof Reason.Type => {
  if (code === undefined) return "statement"
  if (code.startsWith("23") && constraint !== undefined) return "constraint"
  if (CONFLICT.has(code)) return "conflict"
  return UNAVAILABLE.has(code) || code.startsWith("08") ? "unavailable" : "statement"
}

/** Reads an error of postgres.js (`constraint_name`), PGlite (`constraint`), a socket or Kysely. */
export const sqlFailure =
  (operation: string) =>
  (cause: unknown): SqlFailure => {
    const code = textOf(cause, "code")
    const constraint = textOf(cause, "constraint_name") ?? textOf(cause, "constraint")
    return new SqlFailure({
      operation,
      reason: reasonOf(code, constraint),
      cause,
      ...(code !== undefined && { code }),
      ...(constraint !== undefined && { constraint })
    })
  }

/** True of a failure or defect that means "try again later", so that a face can answer 503. */
export const isUnavailable = (error: unknown): boolean => error instanceof SqlFailure && error.reason === "unavailable"

/** For `Effect.catch`: the named constraint becomes a domain error, every other SQL failure a defect. */
export const onConstraint =
  <E>(name: string, toDomain: (failure: SqlFailure) => E) =>
  (failure: SqlFailure): Effect.Effect<never, E> =>
    failure.constraint === name ? Effect.fail(toDomain(failure)) : Effect.die(failure)
