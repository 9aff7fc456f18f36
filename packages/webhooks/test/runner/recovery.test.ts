import { DeliveryQueue, type DeliveryWork } from "@butler/domain"
import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { defaultDeliveryRunnerOptions, DeliveryRunner } from "../../src/index.ts"
import { receiver } from "../send/receivers.ts"
import { all, ask, claimFresh as claim, converse, newEndpoint, newWorkspace, settled, worlds } from "./world.ts"

const runner = (drainMs: number) => DeliveryRunner.layer({ ...defaultDeliveryRunnerOptions, drainMs })

for (const { name, store } of worlds) {
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`recovery (${name})`, (it) => {
    it.effect("what a dead process had claimed is sent by another once its lease is over", () =>
      Effect.gen(function* () {
        const { received, url } = yield* receiver()
        const workspaceId = yield* newWorkspace
        const { endpoint } = yield* newEndpoint(workspaceId, url)
        yield* ask(workspaceId)
        assert.strictEqual((yield* claim(300)).length, 1)
        yield* Effect.gen(function* () {
          yield* Effect.promise(() => received(1))
          yield* settled(endpoint, all("delivered", 1))
        }).pipe(Effect.provide(runner(100)))
      })
    )

    it.effect("a late outcome of a lost lease stores nothing", () =>
      Effect.gen(function* () {
        const workspaceId = yield* newWorkspace
        const { endpoint } = yield* newEndpoint(workspaceId, "http://127.0.0.1:1/")
        yield* converse(workspaceId)
        const [late] = yield* claim(1)
        yield* Effect.sleep("5 millis")
        const [mine] = yield* claim(60_000)
        assert.isDefined(late)
        assert.isDefined(mine)
        assert.deepStrictEqual([late.lease.key, late.lease.seq], [mine.lease.key, mine.lease.seq])
        const queue = yield* DeliveryQueue
        const outcome = {
          _tag: "Attempted",
          attempt: { at: new Date(), durationMs: 1, status: 200, error: null, response: "", retryAfterMs: null },
          verdict: "delivered",
          endpoint: "unchanged"
        } as const
        const settle = ({ lease }: DeliveryWork) =>
          queue.settle([{ lease, endpointId: endpoint.id, outcomes: [outcome], released: true }])
        const before = yield* settle(late)
        assert.isFalse(before.more)
        yield* settled(endpoint, all("pending", 2))
        assert.isTrue((yield* settle(mine)).more)
        const found = yield* settled(endpoint, (deliveries) => deliveries.some(({ status }) => status === "delivered"))
        assert.deepStrictEqual(found.map(({ attempts }) => attempts.length).toSorted(), [0, 1])
      })
    )

    it.effect("a shutdown gives back what it cannot finish, without an attempt", () =>
      Effect.gen(function* () {
        const { play, received, url } = yield* receiver({ kind: "hang" })
        const workspaceId = yield* newWorkspace
        const { endpoint } = yield* newEndpoint(workspaceId, url, { timeoutMs: 30_000 })
        yield* ask(workspaceId)
        yield* Effect.promise(() => received(1)).pipe(Effect.provide(runner(50)))
        const [left] = yield* settled(endpoint, all("pending", 1))
        assert.deepStrictEqual(left?.attempts, [])
        play({ kind: "status", status: 200 })
        yield* settled(endpoint, all("delivered", 1)).pipe(Effect.provide(runner(50)))
      })
    )
  })
}
