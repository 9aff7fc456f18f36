import type { EndpointSettings, WorkspaceId } from "@butler/domain"
import type { ReceivedRequest, ReceiverScript } from "@butler/testing"
import { WebhookEndpoints } from "@butler/domain"
import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { receiver } from "../send/receivers.ts"
import {
  all,
  ask,
  converse,
  deliveriesOf,
  eventually,
  execute,
  findEndpoint,
  hasten,
  newEndpoint,
  newWorkspace,
  settled,
  worlds
} from "./world.ts"

const sequenceIn = (request: ReceivedRequest): number => Number(/"sequence":(\d+)/.exec(request.body)?.[1])

const ok = { kind: "status", status: 200 } as const
const broken = { kind: "status", status: 500 } as const

const setUp = Effect.fnUntraced(function* (script: ReceiverScript, settings: Partial<EndpointSettings> = {}) {
  const target = yield* receiver(script)
  const workspaceId = yield* newWorkspace
  const { endpoint } = yield* newEndpoint(workspaceId, target.url, settings)
  return { endpoint, target, workspaceId }
})

/** As if all attempts but one had been made. */
const useUpAttempts = (workspaceId: WorkspaceId) =>
  execute(
    `update delivery set attempts = (
       select jsonb_agg(jsonb_build_object('number', n, 'at', now(), 'durationMs', 1, 'status', 500, 'error', 'status',
                                           'response', '')) from generate_series(1, 9) n)
     where workspace_id = '${workspaceId}' and status = 'pending' and jsonb_array_length(attempts) = 1`
  )

const failingFor = (workspaceId: WorkspaceId, hours: number) =>
  execute(
    `update webhook_endpoint set failing_since = now() - interval '${hours} hours', slowed_until = null
     where workspace_id = '${workspaceId}'`
  )

for (const { name, running } of worlds) {
  layer(running, { excludeTestServices: true, timeout: "60 seconds" })(`endpoints (${name})`, (it) => {
    it.effect("in order, a dialog's next waits for the one before, and other dialogs do not", () =>
      Effect.gen(function* () {
        const { endpoint, target, workspaceId } = yield* setUp(ok)
        const first = yield* converse(workspaceId, { query: "first" }, [])
        yield* settled(endpoint, all("delivered", 1))
        target.play((request) => (request.body.includes("second") ? broken : ok))
        yield* converse(workspaceId, { dialogId: first.dialogId, query: "second" }, ["third"])
        yield* settled(endpoint, (found) => found.some((delivery) => delivery.attempts[0]?.status === 500))
        yield* ask(workspaceId, { query: "elsewhere" })
        yield* settled(endpoint, (found) => found.filter(({ status }) => status === "delivered").length === 2)
        assert.isFalse(target.requests.some(({ body }) => body.includes("third")))
        target.play(ok)
        yield* hasten(workspaceId)
        yield* settled(endpoint, all("delivered", 4))
        const inDialog = target.requests.filter(({ body }) => !body.includes("elsewhere"))
        assert.deepStrictEqual(inDialog.map(sequenceIn), [1, 2, 2, 3])
      })
    )

    it.effect("without order, a dialog's next does not wait", () =>
      Effect.gen(function* () {
        const { endpoint, workspaceId } = yield* setUp((request) => (sequenceIn(request) === 1 ? broken : ok), {
          ordered: false
        })
        yield* converse(workspaceId)
        const found = yield* settled(endpoint, ([latest]) => latest?.status === "delivered")
        assert.strictEqual(found.length, 2)
      })
    )

    it.effect("a delivery that has used up its attempts is dead, and the next goes on", () =>
      Effect.gen(function* () {
        const { endpoint, workspaceId } = yield* setUp((request) => (sequenceIn(request) === 1 ? broken : ok))
        yield* converse(workspaceId)
        yield* settled(endpoint, (found) => found.some(({ attempts }) => attempts.length === 1))
        yield* useUpAttempts(workspaceId)
        yield* hasten(workspaceId)
        const [second, first] = yield* settled(endpoint, (found) => found.every(({ status }) => status !== "pending"))
        assert.strictEqual(first?.status, "dead")
        assert.strictEqual(first?.attempts.length, 10)
        assert.isNull(first?.nextAttemptAt)
        assert.strictEqual(second?.status, "delivered")
      })
    )

    it.effect("410 disables it; what follows is skipped and recorded", () =>
      Effect.gen(function* () {
        const { endpoint, target, workspaceId } = yield* setUp({ kind: "status", status: 410 })
        yield* converse(workspaceId)
        yield* settled(endpoint, (found) => found.length === 2 && found.every(({ status }) => status !== "pending"))
        assert.deepInclude(yield* findEndpoint(endpoint), { enabled: false, disabledReason: "gone" })
        yield* ask(workspaceId)
        const found = yield* deliveriesOf(endpoint)
        assert.deepStrictEqual(
          found.map(({ status }) => status),
          ["skipped", "skipped", "dead"]
        )
        assert.strictEqual(target.requests.length, 1)
      })
    )

    it.effect("503 slows all of it down and costs the others no attempt", () =>
      Effect.gen(function* () {
        const { endpoint, target, workspaceId } = yield* setUp({
          kind: "status",
          status: 503,
          headers: { "retry-after": "3600" }
        })
        yield* ask(workspaceId)
        const [refused] = yield* settled(endpoint, ([delivery]) => delivery?.attempts.length === 1)
        assert.isAtLeast(refused?.nextAttemptAt?.getTime() ?? 0, Date.now() + 3_590_000)
        yield* ask(workspaceId)
        yield* ask(workspaceId)
        const found = yield* settled(
          endpoint,
          ([latest]) => (latest?.nextAttemptAt?.getTime() ?? 0) > Date.now() + 1_000
        )
        assert.deepStrictEqual(
          found.map(({ attempts }) => attempts.length),
          [0, 0, 1]
        )
        assert.strictEqual(target.requests.length, 1)
        assert.isAtLeast((yield* findEndpoint(endpoint)).slowedUntil?.getTime() ?? 0, Date.now() + 3_590_000)
      })
    )

    it.effect("more than its rate is put off without an attempt", () =>
      Effect.gen(function* () {
        const { endpoint, target, workspaceId } = yield* setUp(ok, { ratePerMinute: 1 })
        yield* Effect.forEach([1, 2, 3], () => ask(workspaceId), { concurrency: 3 })
        const found = yield* settled(
          endpoint,
          (deliveries) =>
            deliveries.filter(({ status }) => status === "delivered").length === 1 &&
            deliveries.filter(({ nextAttemptAt }) => (nextAttemptAt?.getTime() ?? 0) > Date.now() + 30_000).length === 2
        )
        assert.deepStrictEqual(found.map(({ attempts }) => attempts.length).toSorted(), [0, 0, 1])
        yield* hasten(workspaceId)
        yield* settled(endpoint, (deliveries) =>
          deliveries.every(
            ({ nextAttemptAt }) => nextAttemptAt === null || nextAttemptAt.getTime() > Date.now() + 30_000
          )
        )
        assert.strictEqual(target.requests.length, 1)
      })
    )

    it.effect("one that hangs keeps nobody else waiting", () =>
      Effect.gen(function* () {
        const { endpoint: hung, workspaceId } = yield* setUp({ kind: "hang" }, { timeoutMs: 5_000 })
        const other = yield* receiver()
        const { endpoint } = yield* newEndpoint(workspaceId, other.url)
        yield* Effect.forEach(Array.from({ length: 30 }), () => ask(workspaceId), { concurrency: 4 })
        yield* settled(endpoint, all("delivered", 30))
        assert.isTrue((yield* deliveriesOf(hung)).every(({ status }) => status === "pending"))
      })
    )

    it.effect("nothing but failures is warned of, and disables it after five days", () =>
      Effect.gen(function* () {
        const { endpoint, workspaceId } = yield* setUp(broken)
        const failAgain = (attempts: number) =>
          Effect.andThen(
            hasten(workspaceId),
            settled(endpoint, (found) => found.some((delivery) => delivery.attempts.length === attempts))
          )
        yield* ask(workspaceId)
        yield* settled(endpoint, ([delivery]) => delivery?.attempts.length === 1)
        assert.isNotNull((yield* findEndpoint(endpoint)).failingSince)
        yield* failingFor(workspaceId, 119)
        yield* failAgain(2)
        assert.isTrue((yield* findEndpoint(endpoint)).enabled)
        yield* failingFor(workspaceId, 121)
        yield* failAgain(3)
        const disabled = yield* eventually(findEndpoint(endpoint), ({ enabled }) => !enabled)
        assert.strictEqual(disabled.disabledReason, "failing")
        const enabled = yield* (yield* WebhookEndpoints).update(workspaceId, endpoint.id, { enabled: true })
        assert.deepInclude(enabled, { enabled: true, disabledReason: null, failingSince: null })
      })
    )

    it.effect("a success ends a time of failures", () =>
      Effect.gen(function* () {
        const { endpoint, workspaceId } = yield* setUp((_, index) => (index === 0 ? broken : ok))
        yield* ask(workspaceId)
        yield* settled(endpoint, ([delivery]) => delivery?.attempts.length === 1)
        yield* failingFor(workspaceId, 119)
        yield* hasten(workspaceId)
        yield* settled(endpoint, all("delivered", 1))
        assert.isNull((yield* findEndpoint(endpoint)).failingSince)
      })
    )

    it.effect("one that was removed gets nothing more", () =>
      Effect.gen(function* () {
        const { endpoint, target, workspaceId } = yield* setUp((_, index) => (index === 0 ? broken : ok))
        yield* ask(workspaceId)
        yield* settled(endpoint, ([delivery]) => delivery?.attempts.length === 1)
        yield* (yield* WebhookEndpoints).remove(workspaceId, endpoint.id)
        yield* ask(workspaceId)
        yield* hasten(workspaceId)
        const found = yield* settled(endpoint, all("skipped", 1))
        assert.strictEqual(found.length, 1)
        assert.strictEqual(target.requests.length, 1)
      })
    )
  })
}
