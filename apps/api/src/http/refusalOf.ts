import { isUnavailable } from "@butler/persistence"
import { HttpException } from "@nestjs/common"
import { refuse, Refused } from "./Refused.ts"

const DATABASE_DOWN = refuse("unavailable", "the database cannot be reached", { "retry-after": "1" })

const BAD_REQUEST = 400
const SERVER_ERROR = 500

/** What the HTTP layer itself says no to, by the status it says it with. */
const byStatus = (status: number): Refused => {
  switch (status) {
    case 404:
      return refuse("not_found")
    case 413:
      return refuse("payload_too_large")
    case 415:
      return refuse("unsupported_media_type")
    case 503:
      return refuse("unavailable", "the server is stopping", { "retry-after": "1" })
    default:
      return refuse("invalid_request", "the HTTP request is malformed")
  }
}

/** The answer to anything that was thrown; null for a fault of ours, which has none but 500. */
export const refusalOf = (error: unknown): Refused | null => {
  if (error instanceof Refused) return error
  if (isUnavailable(error)) return DATABASE_DOWN
  if (error instanceof HttpException) {
    const status = error.getStatus()
    return error.cause instanceof Refused
      ? error.cause
      : status >= BAD_REQUEST && status !== SERVER_ERROR
        ? byStatus(status)
        : null
  }
  return null
}
