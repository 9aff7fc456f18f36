import { Database, query, SqlFailure, transaction } from "@butler/persistence"
import { Effect, Layer } from "effect"
import { sql } from "kysely"
import { Atomically } from "./Atomically.ts"

/** One such transaction at a time over all processes, by a lock on the table of keys that lets readers through. */
export const AtomicallySql: Layer.Layer<Atomically, never, Database> = Layer.effect(
  Atomically,
  Effect.map(Database, (database) =>
    Atomically.of({
      run: <A, E, R>(writes: Effect.Effect<A, E, R>) =>
        query("bootstrap.lock", (db) => sql`lock table api_key in share row exclusive mode`.execute(db)).pipe(
          Effect.andThen(writes),
          transaction,
          Effect.provideService(Database, database),
          Effect.catchIf((error): error is SqlFailure => error instanceof SqlFailure, Effect.die)
        )
    })
  )
)
