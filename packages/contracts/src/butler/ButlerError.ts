import { Schema } from "effect"
import { type ErrorCode, errorTypes } from "../errors/errorTypes.ts"
import { type Locale, messageOf } from "../errors/locale.ts"
import { sitegptOnly } from "../errors/sitegptOnly.ts"
import { Issue } from "../fields/issuesOf.ts"

const nativeOnly = [
  ...sitegptOnly,
  "chatbot_limit_reached",
  "links_limit_reached",
  "files_limit_reached",
  "brand_not_found",
  "brand_in_use",
  "turn_not_found",
  "contact_not_found",
  "contact_conflict",
  "memory_not_found",
  "document_not_found",
  "knowledge_base_not_found",
  "source_not_found",
  "unanswered_question_not_found",
  "default_knowledge_base",
  "too_many_knowledge_bases",
  "agent_not_found",
  "agent_version_not_found",
  "agent_in_use",
  "api_key_not_found",
  "webhook_endpoint_not_found",
  "delivery_not_found",
  "replay_not_found",
  "webhook_endpoint_disabled",
  "webhook_endpoint_of_chatbot",
  "too_many_webhook_endpoints"
] as const

export type ButlerErrorType = Exclude<ErrorCode, (typeof nativeOnly)[number]>

const isButlerErrorType = (code: string): code is ButlerErrorType =>
  code in errorTypes && !nativeOnly.some((other) => other === code)

export const butlerErrorTypes: ReadonlyArray<ButlerErrorType> = Object.keys(errorTypes).filter(isButlerErrorType)

/** The envelope of every refusal of the butler face; the HTTP status equals `code`. */
export const ButlerError = Schema.Struct({
  code: Schema.Finite.annotate({ description: "The HTTP status." }),
  message: Schema.String.annotate({ description: "For people, in the language `Accept-Language` prefers (zh, en)." }),
  data: Schema.Null,
  error: Schema.Struct({
    type: Schema.Literals(butlerErrorTypes).annotate({ description: "For programs; never changes." }),
    detail: Schema.String.annotate({ description: "What exactly was wrong, in English, for the integrator." }),
    issues: Schema.optionalKey(
      Schema.Array(Issue).annotate({ description: "With `invalid_request`: every wrong field." })
    )
  }),
  requestId: Schema.String.annotate({ format: "uuid", description: "Names this request in the server's log." })
}).annotate({ identifier: "ButlerError", description: "A refusal of the butler API." })
export type ButlerError = typeof ButlerError.Type

/** The body of a refusal. `detail` must be safe to show: no upstream text, no SQL. */
export const butlerError = (
  type: ButlerErrorType,
  refusal: {
    readonly requestId: string
    readonly locale: Locale
    readonly detail?: string
    readonly issues?: ReadonlyArray<Issue>
  }
): ButlerError => ({
  code: errorTypes[type].status,
  message: messageOf(type, refusal.locale),
  data: null,
  error: {
    type,
    detail: refusal.detail ?? messageOf(type, "en"),
    ...(refusal.issues !== undefined && { issues: refusal.issues })
  },
  requestId: refusal.requestId
})
