import { DeliveryQueue, Ids, WebhookEndpointId, WebhookEndpoints } from "@butler/domain"
import { newWorkspace } from "@butler/domain/testing"
import { assert, it } from "@effect/vitest"
import { Effect, Fiber, Latch, Layer, Schedule } from "effect"
import { sql } from "kysely"
import { PersistenceLayer, query, transaction } from "../../src/index.ts"
import { freshPostgres } from "../../src/testing/index.ts"

const ENDPOINT = {
  url: "https://receiver.test",
  events: ["BUTLER_MESSAGE_CREATED"] as const,
  payload: "example" as const,
  headers: {},
  ordered: true,
  ratePerMinute: 1,
  timeoutMs: 2_000,
  enabled: true,
  secret: "whsec_dGVzdA=="
}

const lockEndpoints = query("test.lock", (db) => sql`select from webhook_endpoint for update`.execute(db))

const waiting = query("test.waiting", (db) =>
  sql<{ readonly waiting: number }>`select count(*)::integer as waiting from pg_locks where not granted`.execute(db)
).pipe(Effect.map(({ rows }) => rows[0]?.waiting))

/** PGlite takes one statement after the other. */
it.live("a place in an endpoint's rate is given once, to whichever statements wait for the endpoint's row", () =>
  Effect.gen(function* () {
    const { workspaceId } = yield* newWorkspace
    const id = WebhookEndpointId.make(`wh_${yield* (yield* Ids).snowflake}`)
    yield* (yield* WebhookEndpoints).create({ ...ENDPOINT, id, workspaceId })
    const admit = (yield* DeliveryQueue).admit(workspaceId, id)
    const locked = yield* Latch.make(false)
    const asking = yield* Effect.forkChild(
      Effect.andThen(Latch.await(locked), Effect.all([admit, admit], { concurrency: 2 }))
    )
    yield* transaction(
      Effect.gen(function* () {
        yield* lockEndpoints
        yield* Latch.open(locked)
        yield* Effect.repeat(waiting, { until: (count) => count === 2, schedule: Schedule.spaced("10 millis") })
      })
    )
    const waits = yield* Fiber.join(asking)
    assert.deepStrictEqual(
      waits.map((wait) => wait > 0).toSorted(),
      [false, true],
      `told to wait for ${waits.join(" and ")} ms`
    )
  }).pipe(Effect.provide(PersistenceLayer.pipe(Layer.provideMerge(freshPostgres))))
)
