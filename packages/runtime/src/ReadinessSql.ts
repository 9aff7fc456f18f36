import { TurnRunner } from "@butler/agent"
import { Database, query, type SqlFailure } from "@butler/persistence"
import { Effect, Layer } from "effect"
import { sql } from "kysely"
import { Readiness } from "./Readiness.ts"

const PATIENCE = "2 seconds"

const latestMigration = query("readiness.migration", (db) =>
  sql<{ readonly name: string }>`select name from kysely_migration order by name desc limit 1`.execute(db)
).pipe(Effect.map(({ rows }) => rows[0]?.name ?? "none"))

const check = (name: string, look: Effect.Effect<string, string>) =>
  look.pipe(
    Effect.timeoutOrElse({ duration: PATIENCE, orElse: () => Effect.fail(`no answer within ${PATIENCE}`) }),
    Effect.match({
      onSuccess: (detail) => ({ name, ok: true, detail }),
      onFailure: (detail) => ({ name, ok: false, detail })
    })
  )

/** Asks the database, compares its schema with the one this process has migrated it to, and asks the turn runner. */
export const ReadinessSql: Layer.Layer<Readiness, SqlFailure, Database | TurnRunner> = Layer.effect(
  Readiness,
  Effect.gen(function* () {
    const database = yield* Database
    const runner = yield* TurnRunner
    const expected = yield* latestMigration

    const reach = latestMigration.pipe(
      Effect.provideService(Database, database),
      Effect.mapError(() => "the database cannot be reached")
    )
    const migrations = reach.pipe(
      Effect.filterOrFail(
        (found) => found === expected,
        (found) => `expected ${expected}, found ${found}`
      )
    )
    const checks = Effect.all([
      check("database", Effect.as(reach, database.engine)),
      check("migrations", migrations),
      check(
        "turn runner",
        Effect.map(runner.size, (size) => `${size} turns running`)
      )
    ])
    return Readiness.of({
      report: Effect.map(checks, (all) => ({ status: all.every(({ ok }) => ok) ? "ready" : "not_ready", checks: all }))
    })
  })
)
