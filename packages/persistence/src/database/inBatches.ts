import { Effect } from "effect"

/** Rows removed by one statement: few enough that nobody waits long for them. */
export const BATCH = 1_000

/** Repeats a removal, which answers how many rows it removed, until it has removed fewer than `BATCH`. */
export const inBatches = <E, R>(removeSome: Effect.Effect<number, E, R>): Effect.Effect<void, E, R> =>
  removeSome.pipe(Effect.repeat({ while: (removed) => removed === BATCH }), Effect.asVoid)
