import { assert, layer } from "@effect/vitest"
import { Effect, type Layer } from "effect"
import { Ids } from "../ids/Ids.ts"
import { ApiKeyId } from "../workspace/ApiKey.ts"
import { type RateGrant, type RateLimit, RatePermits } from "../workspace/RatePermits.ts"

const MINUTE_MS = 60_000

const newLimit = Effect.fnUntraced(function* (perMinute: number) {
  const ids = yield* Ids
  const apiKeyId = ApiKeyId.make((yield* ids.snowflake).slice(-16).padStart(16, "0"))
  return { workspaceId: yield* ids.workspaceId, apiKeyId, perMinute } satisfies RateLimit
})

/** All that is granted within one minute, asked for by many at once. */
const takeAll = Effect.fnUntraced(function* (limit: RateLimit) {
  const permits = yield* RatePermits
  const grants: Array<RateGrant> = []
  const taker = permits.take(limit).pipe(
    Effect.tap((grant) => Effect.sync(() => grants.push(grant))),
    Effect.repeat({ until: ({ granted }) => granted === 0 })
  )
  yield* Effect.all([taker, taker, taker, taker], { concurrency: "unbounded" })
  return grants
})

/** Asked again when the minute was over meanwhile. */
const withinOneMinute = (limit: RateLimit) =>
  takeAll(limit).pipe(
    Effect.repeat({
      until: (grants) => (grants.at(-1)?.resetMs ?? 0) <= (grants[0]?.resetMs ?? 0),
      times: 1
    })
  )

/** What every count of requests does. */
export const ratePermitsContract = <E>(name: string, store: Layer.Layer<RatePermits | Ids, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`RatePermits (${name})`, (it) => {
    it.effect("many who ask at once are granted exactly what there may be, and seldom one at a time", () =>
      Effect.gen(function* () {
        const grants = yield* withinOneMinute(yield* newLimit(100))
        assert.strictEqual(
          grants.reduce((sum, { granted }) => sum + granted, 0),
          100
        )
        assert.isBelow(grants.length, 50)
        assert.deepStrictEqual([grants.at(-1)?.granted, grants.at(-1)?.remaining], [0, 0])
        for (const { resetMs } of grants) assert.isTrue(resetMs > 0 && resetMs <= MINUTE_MS)
      })
    )

    it.effect("each key has a count of its own, and a limit that is lowered holds at once", () =>
      Effect.gen(function* () {
        const permits = yield* RatePermits
        const one = yield* newLimit(1)
        yield* withinOneMinute(one)
        const { granted } = yield* permits.take(yield* newLimit(1))
        assert.strictEqual(granted, 1)
        const wide = yield* newLimit(1000)
        const first = yield* permits.take(wide)
        assert.deepStrictEqual([first.granted, first.remaining], [100, 900])
        const lowered = yield* permits.take({ ...wide, perMinute: 50 })
        // The minute may be over meanwhile.
        assert.isTrue(lowered.granted === 0 || lowered.resetMs > first.resetMs)
      })
    )
  })
