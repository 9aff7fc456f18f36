import { Effect, Exit, Schedule } from "effect"
import { CurrentTransaction } from "./CurrentTransaction.ts"
import { Database } from "./Database.ts"
import { SqlFailure, sqlFailure } from "./SqlFailure.ts"

const step = <A>(operation: string, run: () => Promise<A>): Effect.Effect<A, SqlFailure> =>
  Effect.tryPromise({ try: run, catch: sqlFailure(operation) })

/**
 * Commits on success; rolls back on failure, defect and interruption. A nested call joins the outer transaction. A statement
 * that failed spoils the whole transaction: recover outside of it.
 */
export const transaction = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | SqlFailure, R | Database> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      if ((yield* CurrentTransaction) !== undefined) return yield* restore(effect)
      const { kysely } = yield* Database
      const open = yield* step("begin", () => kysely.startTransaction().execute())
      // A rollback fails only when the session is gone, and then the server rolls back; the first cause is the one to report.
      const rollback = Effect.ignore(step("rollback", () => open.rollback().execute()))
      const exit = yield* Effect.exit(restore(Effect.provideService(effect, CurrentTransaction, open)))
      // Kysely (0.29.9) gives the connection of a failed commit back only when it is rolled back as well.
      if (Exit.isSuccess(exit))
        yield* Effect.tapError(
          step("commit", () => open.commit().execute()),
          () => rollback
        )
      else yield* rollback
      return yield* exit
    })
  )

/** Five tries, 5 to 80 ms apart: enough for a burst on one row, short enough for a waiting caller. */
const pauses = Schedule.exponential("5 millis").pipe(Schedule.jittered, Schedule.upTo({ times: 5 }))

/**
 * `transaction`, run again from its start when another one won (serialization failure, deadlock). Joined to an outer
 * transaction it cannot run again, and the failure goes to whoever owns that one.
 */
export const retryTransient = <A, E, R>(
  effect: Effect.Effect<A, E, R>
): Effect.Effect<A, E | SqlFailure, R | Database> =>
  Effect.gen(function* () {
    if ((yield* CurrentTransaction) !== undefined) return yield* effect
    return yield* Effect.retry(transaction(effect), {
      schedule: pauses,
      while: (error) => error instanceof SqlFailure && error.reason === "conflict"
    })
  })
