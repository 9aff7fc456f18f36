import { Schema } from "effect"
import { type ErrorCode, errorTypes } from "../errors/errorTypes.ts"
import type { Issue } from "../fields/issuesOf.ts"

interface Failure {
  readonly status: 400 | 401 | 403 | 404 | 405 | 429 | 500 | 503
  readonly code: string
  /** What could not be done. */
  readonly failed: string
}

const missing = (code: string, what: string): Failure => ({ status: 404, code, failed: `Failed to find the ${what}` })

const UPSTREAM: Failure = {
  status: 500,
  code: "PROBLEMS_WITH_UPSTREAM_PROVIDER",
  failed: "Failed to answer the message"
}

/** The vendor's documentation knows of no other status for a body that cannot be read. */
const INVALID: Failure = { status: 400, code: "REQUEST_VALIDATION_FAILED", failed: "Failed to validate the request" }

const failures: Readonly<Partial<Record<ErrorCode, Failure>>> = {
  invalid_request: INVALID,
  payload_too_large: INVALID,
  unsupported_media_type: INVALID,
  unauthenticated: { status: 401, code: "API_KEY_NOT_VALID", failed: "Failed to authenticate" },
  forbidden: { status: 403, code: "CHATBOT_FETCH_FORBIDDEN", failed: "Failed to authorize" },
  chatbot_limit_reached: { status: 403, code: "CHATBOT_LIMIT_REACHED", failed: "Failed to create the chatbot" },
  links_limit_reached: { status: 403, code: "LINKS_LIMIT_REACHED", failed: "Failed to add the links" },
  files_limit_reached: { status: 403, code: "FILES_LIMIT_REACHED", failed: "Failed to add the file" },
  messages_limit_reached: { status: 403, code: "MESSAGES_LIMIT_REACHED", failed: "Failed to send the message" },
  feature_disabled: { status: 403, code: "FEATURE_DISABLED", failed: "Failed to authorize" },
  not_found: missing("NOT_FOUND", "address"),
  chatbot_not_found: missing("CHATBOT_NOT_FOUND", "chatbot"),
  thread_not_found: missing("THREAD_NOT_FOUND", "thread"),
  message_not_found: missing("MESSAGE_NOT_FOUND", "message"),
  prompt_not_found: missing("PROMPT_NOT_FOUND", "prompt"),
  persona_not_found: missing("PERSONA_NOT_FOUND", "persona"),
  quick_prompt_not_found: missing("QUICK_PROMPT_NOT_FOUND", "quick prompt"),
  follow_up_prompt_not_found: missing("FOLLOW_UP_PROMPT_NOT_FOUND", "follow-up prompt"),
  icon_not_found: missing("ICON_NOT_FOUND", "icon"),
  brand_not_found: missing("BRAND_NOT_FOUND", "brand"),
  whitelabel_user_not_found: missing("WHITELABEL_USER_NOT_FOUND", "whitelabel user"),
  method_not_allowed: { status: 405, code: "METHOD_NOT_ALLOWED", failed: "Failed to serve the method" },
  rate_limited: { status: 429, code: "RATE_LIMIT_REACHED", failed: "Failed to accept the request" },
  model_failed: UPSTREAM,
  model_timeout: UPSTREAM,
  unavailable: { status: 503, code: "SERVICE_UNAVAILABLE", failed: "Failed to reach the service" }
}

const INTERNAL: Failure = { status: 500, code: "INTERNAL_SERVER_ERROR", failed: "Failed to serve the request" }

/** One wrong field: where it is, and the same as text. */
export const SitegptIssue = Schema.Struct({
  path: Schema.Array(Schema.String),
  field: Schema.String,
  message: Schema.String
}).annotate({ identifier: "SitegptIssue", description: "One wrong field (inferred: the vendor shows none)." })

/** The envelope of every refusal of the SiteGPT API. */
export const SitegptError = Schema.Struct({
  success: Schema.Literal(false),
  message: Schema.String.annotate({ description: "What could not be done." }),
  data: Schema.Null,
  error: Schema.Struct({
    code: Schema.String.annotate({ description: "For programs; never changes." }),
    message: Schema.String.annotate({ description: "Why." }),
    details: Schema.NullOr(Schema.Array(SitegptIssue)).annotate({
      description:
        "With `REQUEST_VALIDATION_FAILED`: every wrong field; of a body that cannot be read, one item with an empty `path`."
    })
  })
}).annotate({ identifier: "SitegptError", description: "A refusal of the SiteGPT API." })
export type SitegptError = typeof SitegptError.Type

/** Word for word as the vendor's. */
const NO_KEY = "Authorization header does not contain valid API key"

/** Where no field is to blame, the body as a whole is. */
const detailsOf = (detail: string, issues: ReadonlyArray<Issue> = [{ path: "", message: detail }]) =>
  issues.map(({ message, path }) => ({
    path: path.split(/[.[\]]+/).filter((key) => key !== ""),
    field: path,
    message
  }))

/** The body of a refusal, and its status. `detail` must be safe to show: no upstream text, no SQL. */
export const sitegptError = (
  code: ErrorCode,
  refusal: { readonly detail?: string; readonly issues?: ReadonlyArray<Issue> } = {}
): { readonly status: number; readonly body: SitegptError } => {
  const failure = failures[code] ?? INTERNAL
  const detail = refusal.detail ?? errorTypes[code].en
  return {
    status: failure.status,
    body: {
      success: false,
      message: failure.failed,
      data: null,
      error: {
        code: failure.code,
        message: code === "unauthenticated" ? NO_KEY : detail,
        details: failure.code === INVALID.code ? detailsOf(detail, refusal.issues) : null
      }
    }
  }
}
