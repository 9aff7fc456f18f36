import { decodeText } from "./decodeText.ts"
import { type Parsed, type ParseRequest, plainPairs, Unreadable } from "./protocol.ts"

const broken = () => new Unreadable("broken_file", "it is not a JSON array of objects with question and answer")

const textAt = (value: unknown, key: "answer" | "question"): string => {
  const text: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined
  if (typeof text !== "string" || text.trim() === "") throw broken()
  return text
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw broken()
  }
}

/** Questions with their answers, as JSON. */
export const parsePairs = ({ bytes, charset }: ParseRequest): Parsed => {
  const value = parseJson(decodeText(bytes, charset))
  if (!Array.isArray(value)) throw broken()
  return plainPairs(
    value.map((pair: unknown) => ({ question: textAt(pair, "question"), answer: textAt(pair, "answer") }))
  )
}
