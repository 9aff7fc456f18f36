import { Schema } from "effect"
import { illegible } from "../fields/text.ts"

const MAX_CHARACTERS = 16_000

/** The database reads JSON a level by a call, and gives up at some thousands. */
const MAX_DEPTH = 32

const flawIn = (value: unknown, depth: number): string | undefined => {
  if (typeof value === "string") return illegible(value)
  if (typeof value !== "object" || value === null) return undefined
  if (depth === MAX_DEPTH) return `must have at most ${MAX_DEPTH} levels`
  for (const [key, inner] of Object.entries(value)) {
    const flaw = illegible(key) ?? flawIn(inner, depth + 1)
    if (flaw !== undefined) return flaw
  }
  return undefined
}

/** Judged before it is gone through as JSON, which any depth of it would be. */
const anything = Schema.Record(Schema.String, Schema.Unknown).check(
  Schema.makeFilter((value: { readonly [key: string]: unknown }) => {
    const flaw = flawIn(value, 0)
    if (flaw !== undefined) return flaw
    return JSON.stringify(value).length > MAX_CHARACTERS ? "must have at most 16,000 characters as JSON" : undefined
  })
)

/** An object of whatever the caller likes, kept and shown as it is. */
export const metadata = anything.pipe(Schema.decodeTo(Schema.Record(Schema.String, Schema.Json)))
