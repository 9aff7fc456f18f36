import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { sql } from "kysely"
import { query } from "../../src/index.ts"
import { claimLanes } from "../../src/lane/claimLanes.ts"
import { engines } from "../../src/testing/index.ts"

/** Workspaces of one lane, of exactly a page, of more than two pages, and some that have nothing due. */
const LANES = [1, 16, 1, 40, 15, 17, 1, 33, ...Array.from({ length: 30 }, () => 1)]
const workspace = sql`('00000000-0000-4000-8000-' || lpad(w::text, 12, '0'))::uuid`

const fill = query("lane.fill", (db) =>
  sql`
    insert into lane (workspace_id, kind, key, last_seq, done_seq, attempts, next_at)
    select ${workspace}, 'turn', n::text, 1, 0, 0,
           case when n = 0 then 'infinity' when w % 7 = 0 then now() + interval '1 hour' else now() - n * interval '1 s' end
    from unnest(${LANES}::integer[]) with ordinality as l (lanes, w), generate_series(0, lanes) n`.execute(db)
)

const claim = (limit: number, token: string) =>
  query("lane.claim", (db) =>
    sql<{ readonly workspace: number; readonly key: number }>`
      with recursive ${claimLanes({ kind: "turn", retrying: false }, limit, { token, durationMs: 60_000 })}
      select right(workspace_id::text, 12)::integer as workspace, key::integer from claimed`.execute(db)
  ).pipe(Effect.map(({ rows }) => rows))

const dueOf = (workspaceNumber: number): number => (workspaceNumber % 7 === 0 ? 0 : (LANES[workspaceNumber - 1] ?? 0))

for (const [name, database] of engines) {
  layer(database, { excludeTestServices: true, timeout: "60 seconds" })(`claims on ${name}`, (it) => {
    it.effect("reach every workspace, share the limit out, take the oldest first, and all there is in the end", () =>
      Effect.gen(function* () {
        yield* fill
        const due = LANES.map((_, index) => index + 1).filter((number) => dueOf(number) > 0)
        const first = yield* claim(due.length * 2, "1")
        for (const number of due) {
          const keys = first.filter((lane) => lane.workspace === number).map(({ key }) => key)
          const oldest = Array.from({ length: Math.min(2, dueOf(number)) }, (_, index) => dueOf(number) - index)
          assert.deepStrictEqual(new Set(keys), new Set(oldest), `workspace ${number}`)
        }
        const claimed = new Set(first.map(({ key, workspace: number }) => `${number}/${key}`))
        for (let token = 2; token < 100; token += 1) {
          const more = yield* claim(20, String(token))
          assert.isAtMost(more.length, 20)
          if (more.length === 0) break
          for (const { key, workspace: number } of more) claimed.add(`${number}/${key}`)
        }
        assert.strictEqual(
          claimed.size,
          due.reduce((total, number) => total + dueOf(number), 0)
        )
      })
    )
  })
}
