import { effectsOf, type RunnableTurn, type Timeline, type TurnEnding, type TurnId } from "@butler/domain"
import { Effect } from "effect"
import type { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { SqlFailure } from "../database/SqlFailure.ts"
import { retryTransient } from "../database/transaction.ts"
import { applyEffect } from "./applyEffect.ts"
import { end, type EndedRow } from "./end.ts"

/** A turn's end, with the turns behind it that it took along. */
export interface Ended extends EndedRow {
  readonly cancelled: ReadonlyArray<TurnId>
}

/** Publishes an outcome with its effects, or nothing: one statement, or one transaction where there are effects. */
export const endTurn = (
  turn: RunnableTurn,
  ending: TurnEnding,
  timeline: Timeline
): Effect.Effect<Ended | undefined, SqlFailure, Database> => {
  const effects = effectsOf(ending)
  const ended = query("turn.end", (db) => end(db, turn, ending, timeline))
  if (effects.length === 0) return Effect.map(ended, (row) => row && { ...row, cancelled: [] })
  return retryTransient(
    Effect.gen(function* () {
      const row = yield* ended
      if (row === undefined) return undefined
      const changes = yield* Effect.forEach(effects, (effect) => applyEffect(turn, effect))
      const cancelled = changes.flatMap((change) => change.cancelled)
      return {
        ...row,
        more: row.more && cancelled.length === 0,
        owes: row.owes || changes.some(({ owes }) => owes),
        cancelled
      }
    })
  )
}
