import type { Schema } from "effect"
import { HttpApiSchema, OpenApi } from "effect/http-api"
import { type ErrorCode, errorTypes } from "../errors/errorTypes.ts"
import type { Issue } from "../fields/issuesOf.ts"

/** What the document says of one operation beyond its schemas. */
export interface OperationNotes<Code extends ErrorCode> {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly errors: ReadonlyArray<Code>
  readonly request?: Examples
  readonly response?: Examples
}

export interface Examples {
  readonly [name: string]: { readonly summary: string; readonly value: unknown }
}

/** A face's own envelope for an error, to show as an example. */
export type Envelope<Code extends ErrorCode> = (
  code: Code,
  refusal: { readonly requestId: string; readonly issues?: ReadonlyArray<Issue> }
) => unknown

/** The error schema once for each status the codes have. */
export const errorsOf = <S extends Schema.Top>(
  schema: S,
  codes: ReadonlyArray<ErrorCode>
): ReadonlyArray<S["Rebuild"]> => statusesOf(codes).map((status) => schema.pipe(HttpApiSchema.status(status)))

/** The annotations of an operation: its words, its examples and, for each error status, what it means. */
export const operation = <Code extends ErrorCode>(notes: OperationNotes<Code>, envelope: Envelope<Code>) =>
  OpenApi.annotations({
    identifier: notes.operationId,
    summary: notes.summary,
    description: notes.description,
    transform: (spec) => ({
      ...spec,
      ...(spec["requestBody"] !== undefined && { requestBody: withExamples(spec["requestBody"], notes.request) }),
      responses: Object.fromEntries(
        Object.entries<JsonObject>(spec["responses"]).map(([status, response]) => {
          const codes = notes.errors.filter((code) => errorTypes[code].status === Number(status))
          if (codes.length > 0) return [status, describeErrors(response, codes, envelope)]
          return [status, status.startsWith("2") ? withExamples(response, notes.response) : response]
        })
      )
    })
  })

interface JsonObject {
  readonly [key: string]: unknown
}

const statusesOf = (codes: ReadonlyArray<ErrorCode>): ReadonlyArray<number> => [
  ...new Set(codes.map((code) => errorTypes[code].status))
]

const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null

/** Examples belong to the JSON form; a stream beside it shows none. */
const withExamples = (carrier: unknown, examples: Examples | undefined): unknown => {
  if (!isObject(carrier) || !isObject(carrier["content"]) || examples === undefined) return carrier
  const content = Object.entries(carrier["content"]).map(([type, media]) => [
    type,
    isObject(media) && type.endsWith("json") ? { ...media, examples } : media
  ])
  return { ...carrier, content: Object.fromEntries(content) }
}

const requestId = "03703d30-50f2-4103-bdb6-8aa331f36cc5"
const issues: ReadonlyArray<Issue> = [{ path: "limit", message: "must be a number" }]

const describeErrors = <Code extends ErrorCode>(
  response: JsonObject,
  codes: ReadonlyArray<Code>,
  envelope: Envelope<Code>
): unknown => {
  const examples = codes.map((code) => [
    code,
    {
      summary: errorTypes[code].en,
      value: envelope(code, code === "invalid_request" ? { requestId, issues } : { requestId })
    }
  ])
  const waits = codes.some((code) => code === "rate_limited" || code === "unavailable")
  const described = {
    ...response,
    description: codes.map((code) => `\`${code}\`: ${errorTypes[code].when}`).join("\n\n"),
    ...(waits && { headers: { "Retry-After": retryAfter } })
  }
  return withExamples(described, Object.fromEntries(examples))
}

const retryAfter = {
  description: "Seconds to wait before asking again.",
  required: true,
  schema: { type: "integer", minimum: 1 }
}
