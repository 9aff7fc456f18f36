/**
 * A process made to be killed: opens the database in the folder it is given, migrates it, and writes rows until it dies, one by
 * one and in pairs. A line on stdout is its word that what the line names is stored.
 */
import { writeSync } from "node:fs"
import { Effect } from "effect"
import { sql } from "kysely"
import { migrateTo } from "../../../src/database/migrate.ts"
import { PgliteDatabase } from "../../../src/database/PgliteDatabase.ts"
import { query } from "../../../src/database/query.ts"
import { transaction } from "../../../src/database/transaction.ts"
import { crashMigrations } from "./crashMigrations.ts"

const say = (line: string): Effect.Effect<void> => Effect.sync(() => void writeSync(1, `${line}\n`))

const insert = (id: number) =>
  query("insert", (db) => sql`insert into kept values (${id}, repeat('x', 2000))`.execute(db))

const highest = query("highest", (db) => sql<{ id: number }>`select coalesce(max(id), 0) as id from kept`.execute(db))

const program = Effect.gen(function* () {
  yield* say("migrating")
  yield* migrateTo(crashMigrations)
  const { rows } = yield* highest
  yield* say("writing")
  for (let id = (rows[0]?.id ?? 0) + 2 - ((rows[0]?.id ?? 0) % 2); ; id += 2) {
    if (id % 3 === 0) yield* transaction(Effect.andThen(insert(id), insert(id + 1)))
    else yield* Effect.andThen(insert(id), insert(id + 1))
    yield* say(`${id}`)
  }
})

await Effect.runPromise(Effect.provide(program, PgliteDatabase.layer({ dataDir: process.argv[2] ?? "" })))
