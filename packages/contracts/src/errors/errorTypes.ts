import { conflictErrors } from "./conflictErrors.ts"
import { limitErrors } from "./limitErrors.ts"
import { missingErrors } from "./missingErrors.ts"
import { requestErrors } from "./requestErrors.ts"
import { serverErrors } from "./serverErrors.ts"
import { sitegptMissingErrors } from "./sitegptMissingErrors.ts"

/** Everything that can be refused, in the one vocabulary of all faces. `type` and `code` never change; words may. */
export const errorTypes = {
  ...requestErrors,
  ...limitErrors,
  ...missingErrors,
  ...sitegptMissingErrors,
  ...conflictErrors,
  ...serverErrors
} as const

export type ErrorCode = keyof typeof errorTypes

/** The HTTP status of an error type. */
export const statusOf = (code: ErrorCode): (typeof errorTypes)[ErrorCode]["status"] => errorTypes[code].status
