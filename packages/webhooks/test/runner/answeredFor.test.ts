import { Handovers, Ids, Turns } from "@butler/domain"
import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { receiver } from "../send/receivers.ts"
import { ask, eventually, newWorkspace, worlds } from "./world.ts"

const ok = { kind: "status", status: 200 } as const

const answered = (content: string) =>
  Effect.map(
    Ids.use((ids) => ids.messageId),
    (id) => ({
      status: "completed" as const,
      replies: [{ id, contentType: "text" as const, content, url: "" }],
      agentLogs: [{ type: "task" as const, name: "Orders", timestamp: 1 }],
      steps: []
    })
  )

const failed = {
  status: "failed",
  error: { type: "model_failed", detail: "no answer" },
  agentLogs: [],
  steps: []
} as const

/** Callbacks of turns whose own run brought no answer: whoever asked to be told is told. */
for (const { name, running } of worlds) {
  layer(running, { excludeTestServices: true, timeout: "60 seconds" })(`callbacks of turns (${name})`, (it) => {
    const called = Effect.gen(function* () {
      const { requests, url } = yield* receiver(ok)
      const bodies = Effect.sync(() => requests.map(({ body }): Record<string, unknown> => JSON.parse(body)))
      const received = (count: number) => eventually(bodies, (all) => all.length === count)
      return { received, url }
    })

    it.effect("a burst of coalesced messages is told its one answer, each of its own turn", () =>
      Effect.gen(function* () {
        const { received, url } = yield* called
        const workspaceId = yield* newWorkspace
        const turns = yield* Turns
        const first = yield* ask(workspaceId, { sendWebhook: url })
        if (first.runnable === null) return yield* Effect.die("busy")
        const more = { dialogId: first.dialogId, onBusy: "coalesce", sendWebhook: url } as const
        const waiting = yield* ask(workspaceId, more)
        const joined = yield* ask(workspaceId, more)
        const superseding = yield* ask(workspaceId, { ...more, onBusy: "supersede" })
        if (superseding.runnable === null) return yield* Effect.die("busy")
        yield* turns.end(superseding.runnable, yield* answered("On its way."))
        const told = yield* received(4)
        assert.sameMembers(
          told.map(({ turnId }) => turnId),
          [first, waiting, joined, superseding].map(({ turnId }) => turnId)
        )
        for (const body of told) {
          assert.strictEqual(body["content"], "On its way.")
          assert.deepStrictEqual(body["agentLogs"], [{ type: "task", name: "Orders", timestamp: 1 }])
        }
      })
    )

    it.effect("and of its one failure", () =>
      Effect.gen(function* () {
        const { received, url } = yield* called
        const workspaceId = yield* newWorkspace
        const turns = yield* Turns
        const first = yield* ask(workspaceId)
        const superseding = yield* ask(workspaceId, {
          dialogId: first.dialogId,
          onBusy: "supersede"
        })
        if (superseding.runnable === null) return yield* Effect.die("busy")
        const other = yield* ask(workspaceId, { sendWebhook: url })
        const last = yield* ask(workspaceId, { dialogId: other.dialogId, onBusy: "supersede" })
        if (last.runnable === null) return yield* Effect.die("busy")
        yield* turns.end(superseding.runnable, failed)
        yield* turns.end(last.runnable, failed)
        const [body] = yield* received(1)
        assert.deepInclude(body, { turnId: other.turnId, content: "", error: failed.error })
      })
    )

    it.effect("a cancelled turn is told, and a hand-over's", () =>
      Effect.gen(function* () {
        const { received, url } = yield* called
        const workspaceId = yield* newWorkspace
        const running = yield* ask(workspaceId, { sendWebhook: url })
        const waiting = yield* ask(workspaceId, { dialogId: running.dialogId, sendWebhook: url })
        yield* (yield* Turns).cancel(workspaceId, running.turnId)
        yield* received(1)
        const { dialogId } = running
        yield* (yield* Handovers).handOver({ workspaceId, dialogId, reason: null, closing: null, escalates: true })
        const told = yield* received(2)
        assert.sameMembers(
          told.map(({ turnId }) => turnId),
          [running.turnId, waiting.turnId]
        )
        for (const body of told) assert.deepNestedInclude(body, { "error.type": "cancelled", content: "" })
      })
    )
  })
}
