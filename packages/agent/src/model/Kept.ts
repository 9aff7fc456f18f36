import { type RunnableTurn, TurnCheckpoints } from "@butler/domain"
import { Effect, Schema } from "effect"

/** What steps of a turn came to, for a start after this one. */
export interface Kept {
  /** What an earlier start has kept; null where it kept nothing, or nothing of this form. */
  readonly find: <A>(key: string, schema: Schema.Decoder<A>) => A | null
  /** Who has lost the turn goes no further with it. */
  readonly keep: (key: string, value: unknown) => Effect.Effect<void>
}

export const openKept = Effect.fnUntraced(function* (turn: RunnableTurn) {
  const { read, write } = yield* TurnCheckpoints
  const before = turn.attempts > 1 ? yield* read(turn) : new Map<string, unknown>()
  const kept: Kept = {
    find: (key, schema) => {
      const decoded = Schema.decodeUnknownOption(schema)(before.get(key))
      return decoded._tag === "Some" ? decoded.value : null
    },
    keep: (key, value) => Effect.catchTag(write(turn, key, value), "LeaseLost", () => Effect.interrupt)
  }
  return kept
})
