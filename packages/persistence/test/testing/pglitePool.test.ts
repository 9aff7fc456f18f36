import { assert, beforeAll, it } from "@effect/vitest"
import { Effect } from "effect"
import { sql } from "kysely"
import { Database, query } from "../../src/index.ts"
import { freshPglite, migratedCluster } from "../../src/testing/index.ts"

// To make it, where nobody has, takes longer than a test may.
beforeAll(async () => void (await migratedCluster()))

const run = (statement: string) =>
  query("pool", (db) => sql<Record<string, unknown>>`${sql.raw(statement)}`.execute(db))

const started = Effect.map(run("select pg_postmaster_start_time()::text as at"), ({ rows }) => rows[0]?.["at"])

/** One use of a database, and which it was. */
const use = (...statements: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const results = []
    for (const statement of statements) results.push((yield* run(statement)).rows)
    return { started: yield* started, results }
  }).pipe(Effect.provide(freshPglite))

const LOOKS = [
  "select (select count(*)::int from workspace) as workspaces, (select count(*)::int from turn_progress) as progress",
  "select to_regclass('left_behind') as found",
  "select nextval('process_number')::int as next",
  "select current_setting('statement_timeout') as timeout, count(*)::int as prepared from pg_prepared_statements",
  // What plans rest on, whoever had the database before.
  "select pg_relation_size('turn_progress')::int / 8192 as pages"
]

it.live("a database that was used is as new, for the next", () =>
  Effect.gen(function* () {
    const first = yield* use(...LOOKS)
    const used = yield* use(
      "insert into workspace (workspace_id, name, default_agent_id) values (gen_random_uuid(), 'left', 1)",
      "insert into turn_progress (workspace_id, turn_id, n, event) values (gen_random_uuid(), 1, 1, '{}')",
      "create table left_behind (id int8)",
      "insert into left_behind values (1)",
      "select nextval('process_number') from generate_series(1, 5)",
      "set statement_timeout = '9s'",
      "prepare left_prepared as select 1"
    )
    const next = yield* use(...LOOKS)
    assert.strictEqual(used.started, first.started)
    assert.deepStrictEqual(next, first)
  })
)

it.live("one whose schema was changed is not used again", () =>
  Effect.gen(function* () {
    const changed = yield* use("alter table workspace drop column name")
    const next = yield* use("select name from workspace")
    assert.notStrictEqual(next.started, changed.started)
  })
)

it.live("two at once are two, and one that has ended refuses", () =>
  Effect.gen(function* () {
    const both = yield* Effect.all([use(), use()], { concurrency: 2 })
    assert.notStrictEqual(both[0].started, both[1].started)
    const ended = yield* Effect.provide(Database, freshPglite)
    const failure = yield* Effect.flip(Effect.provideService(started, Database, ended))
    assert.include(String(failure.cause), "closed")
  })
)
