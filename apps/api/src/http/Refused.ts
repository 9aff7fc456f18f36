import type { ErrorCode, Issue } from "@butler/contracts"
import { errorTypes, issuesOf } from "@butler/contracts"
import { Schema } from "effect"

const isErrorCode = (code: string): code is ErrorCode => code in errorTypes

/** A request is answered with an error. `detail` is shown to the caller: no upstream text, no SQL, nothing secret. */
export class Refused extends Schema.TaggedError<Refused>()("Refused", {
  code: Schema.String.pipe(Schema.refine(isErrorCode)),
  detail: Schema.optionalKey(Schema.String),
  issues: Schema.optionalKey(Schema.Array(Schema.Struct({ path: Schema.String, message: Schema.String }))),
  headers: Schema.optionalKey(Schema.Record(Schema.String, Schema.String))
}) {}

export const refuse = (code: ErrorCode, detail?: string, headers?: Readonly<Record<string, string>>): Refused =>
  new Refused({ code, ...(detail !== undefined && { detail }), ...(headers !== undefined && { headers }) })

/** Input that does not decode, with every wrong field. */
export const refuseInput = (error: Schema.SchemaError): Refused => {
  const issues: ReadonlyArray<Issue> = issuesOf(error)
  const detail = issues
    .map(({ path, message }) => (path === "" ? `the input ${message}` : `${path} ${message}`))
    .join("; ")
  return new Refused({ code: "invalid_request", detail, issues })
}
