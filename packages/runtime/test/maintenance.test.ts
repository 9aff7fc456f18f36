import { forgetExpiredKeys, query } from "@butler/persistence"
import { freshPostgres } from "@butler/persistence/testing"
import { Effect } from "effect"
import { sql } from "kysely"
import { expect, it } from "vitest"

const insertKeys = query("test.keys", (db) =>
  sql`
    insert into idempotency_key (workspace_id, route, key, fingerprint, turn_id, dialog_id, created_at)
    select gen_random_uuid(), 'r', n::text, 'f', n, 'd', now() - (case when n <= 2500 then 25 else 23 end) * interval '1 hour'
    from generate_series(1, 2510) n`.execute(db)
)

const countKeys = query("test.count", (db) =>
  sql<{ readonly count: number }>`select count(*)::integer as count from idempotency_key`.execute(db)
).pipe(Effect.map(({ rows }) => rows[0]?.count))

it("idempotency keys are forgotten when they stand for nothing any more, however many, by several processes at once", async () => {
  const left = Effect.gen(function* () {
    yield* insertKeys
    yield* Effect.all([forgetExpiredKeys, forgetExpiredKeys], { concurrency: 2 })
    return yield* countKeys
  })
  expect(await Effect.runPromise(Effect.provide(left, freshPostgres))).toBe(10)
})
