import { Schema } from "effect"
import { type ErrorCode, errorTypes } from "../errors/errorTypes.ts"
import { sitegptOnly } from "../errors/sitegptOnly.ts"
import { Issue } from "../fields/issuesOf.ts"

const butlerOnly = [
  ...sitegptOnly,
  "dialog_busy",
  "idempotency_in_progress",
  "idempotency_mismatch",
  "model_failed",
  "model_timeout"
] as const

export type ProblemCode = Exclude<ErrorCode, (typeof butlerOnly)[number]>

const isProblemCode = (code: string): code is ProblemCode =>
  code in errorTypes && !butlerOnly.some((other) => other === code)

export const problemCodes: ReadonlyArray<ProblemCode> = Object.keys(errorTypes).filter(isProblemCode)

export const PROBLEM_CONTENT_TYPE = "application/problem+json"

/** An RFC 9457 problem document, the body of every refusal of the native API. */
export const Problem = Schema.Struct({
  type: Schema.String.annotate({ format: "uri", description: "`urn:butler:problem:` and the code." }),
  title: Schema.String.annotate({ description: "The same for every problem of one code." }),
  status: Schema.Finite.annotate({ description: "The HTTP status." }),
  detail: Schema.String.annotate({ description: "What exactly was wrong this time." }),
  code: Schema.Literals(problemCodes).annotate({ description: "For programs; never changes." }),
  requestId: Schema.String.annotate({ format: "uuid", description: "Names this request in the server's log." }),
  issues: Schema.optionalKey(
    Schema.Array(Issue).annotate({ description: "With `invalid_request`: every wrong field." })
  )
}).annotate({ identifier: "Problem", description: "An RFC 9457 problem document." })
export type Problem = typeof Problem.Type

/** The body of a refusal. `detail` must be safe to show: no upstream text, no SQL. */
export const problem = (
  code: ProblemCode,
  refusal: { readonly requestId: string; readonly detail?: string; readonly issues?: ReadonlyArray<Issue> }
): Problem => ({
  type: `urn:butler:problem:${code}`,
  title: errorTypes[code].en,
  status: errorTypes[code].status,
  detail: refusal.detail ?? errorTypes[code].en,
  code,
  requestId: refusal.requestId,
  ...(refusal.issues !== undefined && { issues: refusal.issues })
})
