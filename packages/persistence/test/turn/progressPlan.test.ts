import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { sql } from "kysely"
import { query, transaction } from "../../src/index.ts"
import { engines } from "../../src/testing/index.ts"

const run = (statement: string) =>
  query("test.run", (db) => sql.raw<{ readonly "QUERY PLAN": string }>(statement).execute(db)).pipe(
    Effect.map(({ rows }) => rows.map((row) => row["QUERY PLAN"]))
  )

/** What is planned once, for whatever parameters come. */
const generic = transaction(
  Effect.gen(function* () {
    yield* run("set local plan_cache_mode = force_generic_plan")
    yield* run(`
      prepare ended (uuid, bigint) as
      with lane_now as (select 1)
      delete from turn_progress p using lane_now where p.workspace_id = $1 and p.turn_id = $2`)
    return yield* run(`explain execute ended ('00000000-0000-4000-8000-000000000001', 1)`)
  })
)

for (const [name, database] of engines) {
  layer(database, { timeout: "60 seconds" })(`a turn's progress on ${name}`, (it) => {
    it.effect("is looked up by its key, also by a plan made while there was none", () =>
      Effect.gen(function* () {
        yield* run("vacuum analyze turn_progress")
        const plan = (yield* generic).join("\n")
        assert.match(plan, /Index Scan|Index Only Scan/)
        assert.notMatch(plan, /Seq Scan/)
      })
    )
  })
}
