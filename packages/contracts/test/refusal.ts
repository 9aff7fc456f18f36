import { Effect, type Schema } from "effect"
import { issuesOf } from "../src/index.ts"

/** The issues of input that must be refused, as `path: message`. */
export const issues = (decode: Effect.Effect<unknown, Schema.SchemaError>): ReadonlyArray<string> =>
  issuesOf(Effect.runSync(Effect.flip(decode))).map(({ path, message }) => `${path}: ${message}`)
