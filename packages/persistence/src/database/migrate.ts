import { Effect, Schema } from "effect"
import { sql } from "kysely"
import { type Migration, Migrator } from "kysely/migration"
import { migrations } from "../migrations/index.ts"
import { Database } from "./Database.ts"
import { type SqlFailure, sqlFailure } from "./SqlFailure.ts"

export class SchemaNotOurs extends Schema.TaggedError<SchemaNotOurs>()("SchemaNotOurs", {
  unknown: Schema.Array(Schema.String)
}) {
  override get message(): string {
    return `the database holds migrations this version does not know (${this.unknown.join(", ")}): it was written by a newer version`
  }
}

/** `migrate` with another set of migrations. */
export const migrateTo = (
  wanted: Readonly<Record<string, Migration>>
): Effect.Effect<void, SqlFailure | SchemaNotOurs, Database> =>
  Effect.gen(function* () {
    const { kysely, engine } = yield* Database
    const applied = yield* Effect.tryPromise({
      try: () =>
        kysely.connection().execute(async (db) => {
          // Whoever comes second waits for the first one's lock, for as long as its migrations take.
          if (engine === "postgres") await sql`set statement_timeout = 0`.execute(db)
          try {
            const provider = { getMigrations: async () => ({ ...wanted }) }
            const { error } = await new Migrator({ db, provider }).migrateToLatest()
            const rows = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
            return { error, names: rows.rows.map((row) => row.name) }
          } finally {
            if (engine === "postgres") await sql`reset statement_timeout`.execute(db)
          }
        }),
      catch: sqlFailure("migrate")
    })
    const unknown = applied.names.filter((name) => !(name in wanted))
    if (unknown.length > 0) return yield* new SchemaNotOurs({ unknown })
    if (applied.error !== undefined) return yield* sqlFailure("migrate")(applied.error)
  })

/**
 * Brings the schema up to date, all or nothing. Any number of processes may call it at once: one migrates, the others wait
 * and then find nothing to do.
 */
export const migrate: Effect.Effect<void, SqlFailure | SchemaNotOurs, Database> = migrateTo(migrations)
