import type { ErrorCode } from "../errors/errorTypes.ts"
import { errorsOf, operation, type OperationNotes } from "../openapi/operation.ts"
import { SitegptError, sitegptError } from "./SitegptError.ts"

/** What every call of the SiteGPT API can be refused with. */
export const commonRefusals = [
  "invalid_request",
  "unauthenticated",
  "forbidden",
  "feature_disabled",
  "rate_limited",
  "internal",
  "unavailable"
] as const satisfies ReadonlyArray<ErrorCode>

/** And what every call to a chatbot can, beside. */
export const ofChatbot = [...commonRefusals, "chatbot_not_found"] as const satisfies ReadonlyArray<ErrorCode>

export const refusals = (codes: ReadonlyArray<ErrorCode>) => errorsOf(SitegptError, codes)

/** The annotations of an operation of the SiteGPT API. */
export const sitegpt = (notes: OperationNotes<ErrorCode>) =>
  operation(notes, (code, refusal) => sitegptError(code, refusal).body)
