import { query } from "@butler/persistence"
import { freshPostgres } from "@butler/persistence/testing"
import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { sql } from "kysely"
import { maintenance } from "../src/maintenance.ts"

/** More than two batches that have expired, and ten that have not. */
const fill = query("test.fill", (db) =>
  sql`
    with expiring as (
      select n, now() + (case when n <= 2500 then -1 else 1 end) * interval '1 hour' as expires_at
      from generate_series(1, 2510) n
    ),
    keys as (
      insert into idempotency_key (workspace_id, route, key, fingerprint, turn_id, dialog_id, created_at)
      select gen_random_uuid(), 'r', n::text, 'f', n, 'd', expires_at - interval '1 day' from expiring
    ),
    workspace_now as (
      insert into workspace (workspace_id, name, default_agent_id) values (gen_random_uuid(), 'w', 1) returning workspace_id
    ),
    key_now as (
      insert into api_key (workspace_id, id, name, scopes, digest)
      select workspace_id, 'k', 'k', '[]', '' from workspace_now
      returning workspace_id, id
    ),
    checkpoints as (
      insert into turn_checkpoint (workspace_id, turn_id, key, value, created_at)
      select gen_random_uuid(), n, 'k', '1', expires_at - interval '1 day' from expiring
    ),
    contact_now as (
      insert into contact (workspace_id, id) select workspace_id, 1 from workspace_now returning workspace_id, id
    ),
    used as (
      insert into contact_model_use (workspace_id, contact_id, day, calls, input_tokens, output_tokens, cost)
      select c.workspace_id, c.id, (now() at time zone 'utc')::date - (case when n <= 2500 then n + 40 else n - 2500 end), 1, 1, 1, 0
      from contact_now c, expiring
    )
    insert into access_token (workspace_id, id, api_key_id, digest, expires_at)
    select k.workspace_id, n::text, k.id, '', expires_at from key_now k, expiring`.execute(db)
)

const count = query("test.count", (db) =>
  sql<{ readonly keys: number; readonly tokens: number; readonly checkpoints: number; readonly used: number }>`
    select (select count(*)::integer from idempotency_key) as keys,
           (select count(*)::integer from access_token) as tokens,
           (select count(*)::integer from turn_checkpoint) as checkpoints,
           (select count(*)::integer from contact_model_use) as used`.execute(db)
).pipe(Effect.map(({ rows }) => rows[0]))

layer(freshPostgres, { timeout: "60 seconds" })("maintenance", (it) => {
  it.effect(
    "removes expired keys, tokens, checkpoints and days of models' use, however many, in several processes at once, and no others",
    () =>
      Effect.gen(function* () {
        yield* fill
        const process = Layer.build(Layer.fresh(maintenance))
        yield* Effect.all([process, process], { concurrency: 2 })
        assert.deepStrictEqual(yield* count, { keys: 2510, tokens: 2510, checkpoints: 2510, used: 2510 })
        yield* TestClock.adjust("36 hours")
        const left = yield* Effect.repeat(count, {
          until: (now) => now?.keys === 10 && now.tokens <= 10 && now.checkpoints <= 10 && now.used <= 10
        })
        assert.deepStrictEqual(left, { keys: 10, tokens: 10, checkpoints: 10, used: 10 })
      }).pipe(Effect.scoped)
  )
})
