import { refuse } from "./Refused.ts"

const utf8 = new TextDecoder("utf-8", { fatal: true })

/** The JSON value of a body; nothing for an empty one. Bytes that are not UTF-8 are refused, never replaced. */
export const parseJson = (body: Buffer): unknown => {
  if (body.length === 0) return undefined
  try {
    return JSON.parse(utf8.decode(body))
  } catch {
    throw refuse("invalid_request", "the body is not valid JSON in UTF-8")
  }
}
