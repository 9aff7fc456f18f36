import { type DeliveryOutcome, DeliveryQueue, type DeliveryWork } from "@butler/domain"
import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { defaultDeliveryRunnerOptions, DeliveryRunner } from "../../src/index.ts"
import { receiver } from "../send/receivers.ts"
import {
  all,
  ask,
  claimFresh,
  converse,
  eventually,
  execute,
  newEndpoint,
  newWorkspace,
  settled,
  worlds
} from "./world.ts"

const runner = DeliveryRunner.layer({ ...defaultDeliveryRunnerOptions, drainMs: 200 })

const attempt = { at: new Date(), durationMs: 1, status: 200, error: null, response: "", retryAfterMs: null }
const delivered: DeliveryOutcome = { _tag: "Attempted", attempt, verdict: "delivered", endpoint: "unchanged" }
const putOff: DeliveryOutcome = { _tag: "Deferred", delayMs: 60_000 }

const sequences = ({ run }: DeliveryWork) => run.map((due) => due?.content.message?.sequence)

/** Several deliveries of one lane under one lease. */
for (const { name, store } of worlds) {
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`lanes of deliveries (${name})`, (it) => {
    const settle = Effect.fnUntraced(function* (
      { lease }: DeliveryWork,
      from: number,
      outcomes: ReadonlyArray<DeliveryOutcome>,
      released: boolean
    ) {
      const seq = lease.seq + from
      return yield* (yield* DeliveryQueue).settle([{ lease: { ...lease, seq }, endpointId: null, outcomes, released }])
    })

    it.effect("what waits behind the head is claimed with it, and stored bit by bit, each once", () =>
      Effect.gen(function* () {
        const workspaceId = yield* newWorkspace
        const { endpoint } = yield* newEndpoint(workspaceId, "http://127.0.0.1:1/")
        yield* converse(workspaceId, {}, ["One.", "Two.", "Three."])
        const [work, ...others] = yield* claimFresh(60_000)
        assert.isDefined(work)
        assert.deepStrictEqual(others, [])
        assert.deepStrictEqual(sequences(work), [1, 2, 3, 4])
        assert.isFalse((yield* settle(work, 0, [delivered], false)).more)
        // As if the answer had been lost on the way.
        yield* settle(work, 0, [delivered], false)
        const stored = yield* settled(endpoint, (found) => found.some(({ status }) => status === "delivered"))
        assert.strictEqual(stored.filter(({ status }) => status === "delivered").length, 1)
        const queue = yield* DeliveryQueue
        assert.deepStrictEqual(yield* queue.heartbeat([work.lease], 60_000), [work.lease])
        yield* settle(work, 1, [delivered, putOff], true)
        const found = yield* settled(endpoint, (now) => now.filter(({ status }) => status === "delivered").length === 2)
        const [last, waiting] = found.toSorted((a, b) => (b.sequence ?? 0) - (a.sequence ?? 0))
        assert.deepInclude(last, { sequence: 4, status: "pending" })
        assert.deepInclude(waiting, { sequence: 3, status: "pending", attempts: [] })
        assert.isAbove(waiting?.nextAttemptAt?.getTime() ?? 0, Date.now() + 50_000)
        assert.deepStrictEqual(yield* claimFresh(60_000), [])
        assert.deepStrictEqual(yield* queue.heartbeat([work.lease], 60_000), [])
      })
    )

    it.effect("a head whose row is gone is passed over, and the run ends before a gap", () =>
      Effect.gen(function* () {
        const workspaceId = yield* newWorkspace
        yield* newEndpoint(workspaceId, "http://127.0.0.1:1/")
        yield* converse(workspaceId, {}, ["One.", "Two.", "Three."])
        yield* execute(`delete from delivery where workspace_id = '${workspaceId}' and lane_seq = any ('{1,3}')`)
        const [gone] = yield* claimFresh(60_000)
        assert.isDefined(gone)
        assert.deepStrictEqual(gone.run, [null])
        assert.isTrue((yield* settle(gone, 0, [{ _tag: "Skipped" }], true)).more)
        const [next] = yield* claimFresh(60_000)
        assert.isDefined(next)
        assert.deepStrictEqual(sequences(next), [2])
      })
    )

    it.effect("the run ends with a failure: nothing overtakes it", () =>
      Effect.gen(function* () {
        const { requests, url } = yield* receiver((_, index) => ({ kind: "status", status: index === 1 ? 500 : 200 }))
        const workspaceId = yield* newWorkspace
        const { endpoint } = yield* newEndpoint(workspaceId, url)
        yield* converse(workspaceId, {}, ["One.", "Two."])
        yield* Effect.gen(function* () {
          const found = yield* settled(endpoint, (now) => now.some(({ attempts }) => attempts[0]?.status === 500))
          assert.deepStrictEqual(
            found.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0)).map(({ status }) => status),
            ["delivered", "pending", "pending"]
          )
          assert.strictEqual(requests.length, 2)
        }).pipe(Effect.provide(runner))
      })
    )

    it.effect("what was delivered is stored while the next hangs", () =>
      Effect.gen(function* () {
        const { received, url } = yield* receiver((_, index) =>
          index === 0 ? { kind: "status", status: 200 } : { kind: "hang" }
        )
        const workspaceId = yield* newWorkspace
        const { endpoint } = yield* newEndpoint(workspaceId, url, { timeoutMs: 30_000 })
        yield* converse(workspaceId, {}, ["One."])
        yield* Effect.gen(function* () {
          yield* Effect.promise(() => received(2))
          yield* settled(endpoint, (now) => now.some(({ status }) => status === "delivered"))
          const [waiting] = yield* settled(endpoint, (now) => now.some(({ status }) => status === "pending"))
          assert.deepStrictEqual(waiting?.attempts, [])
        }).pipe(Effect.provide(runner))
      })
    )

    it.effect("a long backlog arrives in order", () =>
      Effect.gen(function* () {
        const { received, requests, url } = yield* receiver()
        const workspaceId = yield* newWorkspace
        const { endpoint } = yield* newEndpoint(workspaceId, url)
        const { dialogId } = yield* ask(workspaceId)
        yield* Effect.replicateEffect(ask(workspaceId, { dialogId }), 39)
        yield* Effect.gen(function* () {
          yield* Effect.promise(() => received(40))
          yield* settled(endpoint, all("delivered", 40))
        }).pipe(Effect.provide(runner))
        const order = requests.map(({ body }) => Number(/"sequence":(\d+)/.exec(body)?.[1]))
        assert.deepStrictEqual(
          order,
          Array.from({ length: 40 }, (_, index) => index + 1)
        )
        yield* eventually(
          execute(
            `select 1 from lane where workspace_id = '${workspaceId}' and kind = 'delivery' and next_at < 'infinity'`
          ),
          ({ rows }) => rows.length === 0
        )
      })
    )
  })
}
