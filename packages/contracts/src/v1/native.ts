import { HttpApiSchema } from "effect/http-api"
import { errorsOf, operation, type OperationNotes } from "../openapi/operation.ts"
import { Problem, PROBLEM_CONTENT_TYPE, problem, type ProblemCode } from "./Problem.ts"

/** What every call of the native API can be refused with. */
export const commonProblems = [
  "invalid_request",
  "unauthenticated",
  "forbidden",
  "feature_disabled",
  "rate_limited",
  "internal",
  "unavailable"
] as const satisfies ReadonlyArray<ProblemCode>

/** And what every call with a body can, beside. */
export const bodyProblems = [
  ...commonProblems,
  "payload_too_large",
  "unsupported_media_type"
] as const satisfies ReadonlyArray<ProblemCode>

const body = Problem.pipe(HttpApiSchema.asJson({ contentType: PROBLEM_CONTENT_TYPE }))

export const problems = (codes: ReadonlyArray<ProblemCode>) => errorsOf(body, codes)

/** The annotations of an operation of the native API. */
export const native = (notes: OperationNotes<ProblemCode>) => operation(notes, problem)
