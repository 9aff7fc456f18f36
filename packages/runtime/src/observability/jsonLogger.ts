import { Cause, Logger, References } from "effect"
import { writeLine } from "./LineWriter.ts"

const textOf = (message: unknown): unknown => (Array.isArray(message) && message.length === 1 ? message[0] : message)

/** One JSON object a line, annotations such as `requestId` beside level and message. */
export const jsonLogger = Logger.make(({ cause, date, fiber, logLevel, message }) =>
  writeLine(
    JSON.stringify({
      timestamp: date.toISOString(),
      level: logLevel.toUpperCase(),
      message: textOf(message),
      ...fiber.getRef(References.CurrentLogAnnotations),
      ...(cause.reasons.length > 0 && { cause: Cause.pretty(cause) })
    })
  )
)
