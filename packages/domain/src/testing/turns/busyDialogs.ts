import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { acceptTurn } from "../../turn/acceptTurn.ts"
import { DialogBusy } from "../../turn/onBusy.ts"
import { LeaseLost, Turns } from "../../turn/Turns.ts"
import {
  acceptLeased,
  claimIn,
  claimUntil,
  command,
  completed,
  type DialogStore,
  first,
  getTurn,
  LONG_MS,
  messagesOf,
  newWorkspace,
  type Tests
} from "../fixtures.ts"

/** What a message does when its dialog has an open turn: `onBusy` and `quietMs`. */
export const busyDialogs = (it: Tests<DialogStore>): void => {
  it.effect("reject: a busy dialog refuses and stores nothing; an idle one accepts", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const running = yield* acceptLeased(workspaceId, LONG_MS, { onBusy: "reject" })
      const { dialogId } = running
      const again = command(workspaceId, { dialogId, onBusy: "reject" })
      assert.deepStrictEqual(yield* Effect.flip(acceptTurn(again)), new DialogBusy({ dialogId }))
      assert.strictEqual((yield* messagesOf(workspaceId, dialogId)).length, 1)
      yield* turns.end(running, completed())
      const { turnId } = yield* acceptTurn(again)
      assert.strictEqual((yield* getTurn(workspaceId, turnId)).sequence, 2)
    })
  )

  it.effect("an acceptance says how the turn stands", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const running = yield* acceptTurn(command(workspaceId, { leaseMs: LONG_MS }))
      const { dialogId } = running
      const waiting = yield* acceptTurn(command(workspaceId, { dialogId, leaseMs: LONG_MS }))
      const joined = yield* acceptTurn(command(workspaceId, { dialogId, onBusy: "coalesce" }))
      for (const [turn, status] of [
        [running, "running"],
        [waiting, "queued"],
        [joined, "coalesced"]
      ] as const) {
        assert.strictEqual(turn.status, status)
        assert.strictEqual((yield* getTurn(workspaceId, turn.turnId)).status, status)
      }
    })
  )

  it.effect("coalesce: a burst behind a running turn is answered by one that waits", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const running = yield* acceptLeased(workspaceId, LONG_MS)
      const { dialogId } = running
      const say = (query: string) => acceptTurn(command(workspaceId, { dialogId, query, onBusy: "coalesce" }))
      const [one, two, three] = [yield* say("one"), yield* say("two"), yield* say("three")]
      assert.include(yield* getTurn(workspaceId, one.turnId), { status: "queued", sequence: 2, answeredBy: null })
      for (const { turnId } of [two, three]) {
        const joined = yield* getTurn(workspaceId, turnId)
        assert.include(joined, { status: "coalesced", sequence: null, answeredBy: one.turnId })
        assert.isNotNull(joined.finishedAt)
      }
      assert.isTrue((yield* turns.end(running, completed())).more)
      const claimed = yield* first(yield* claimIn(workspaceId))
      assert.include(claimed, { id: one.turnId, query: "one\ntwo\nthree" })
      const late = yield* say("four")
      assert.include(yield* getTurn(workspaceId, late.turnId), { status: "queued", sequence: 3 })
      assert.isTrue((yield* turns.end(claimed, completed())).more)
      const contents = (yield* messagesOf(workspaceId, dialogId)).map(({ content, sequence }) => [sequence, content])
      assert.deepStrictEqual(contents.slice(1), [
        [2, "one"],
        [3, "two"],
        [4, "three"],
        [5, "four"]
      ])
    })
  )

  it.effect("coalesce with quiet: the turn starts only after a pause, and every message begins it anew", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const say = (over: object) => acceptTurn(command(workspaceId, { onBusy: "coalesce", leaseMs: LONG_MS, ...over }))
      const one = yield* say({ query: "one", quietMs: 1000 })
      assert.isNull(one.runnable)
      const { dialogId } = one
      assert.deepStrictEqual(yield* claimIn(workspaceId), [])
      yield* say({ dialogId, query: "two", quietMs: LONG_MS })
      yield* Effect.sleep("1100 millis")
      assert.deepStrictEqual(yield* claimIn(workspaceId), [])
      yield* say({ dialogId, query: "three", quietMs: 1 })
      const [claimed] = yield* claimUntil(workspaceId, one.turnId)
      assert.strictEqual(claimed?.query, "one\ntwo\nthree")
    })
  )

  it.effect("quiet also holds behind a running turn", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const running = yield* acceptLeased(workspaceId, LONG_MS)
      const { dialogId } = running
      const say = (quietMs: number) => acceptTurn(command(workspaceId, { dialogId, onBusy: "coalesce", quietMs }))
      const waiting = yield* say(LONG_MS)
      yield* turns.end(running, completed())
      assert.deepStrictEqual(yield* claimIn(workspaceId), [])
      yield* say(1)
      assert.strictEqual((yield* claimUntil(workspaceId, waiting.turnId)).length, 1)
    })
  )

  it.effect("supersede: the running turn loses its lease, and the new one answers all that was open", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const turns = yield* Turns
      const running = yield* acceptLeased(workspaceId, LONG_MS, { query: "one" })
      const { dialogId } = running
      const queued = yield* acceptTurn(command(workspaceId, { dialogId, query: "two" }))
      const joined = yield* acceptTurn(command(workspaceId, { dialogId, query: "three", onBusy: "coalesce" }))
      const last = yield* acceptTurn(
        command(workspaceId, { dialogId, query: "four", onBusy: "supersede", leaseMs: LONG_MS })
      )
      assert.deepStrictEqual(last.superseded, [running.id, queued.turnId])
      assert.strictEqual(last.runnable?.query, "one\ntwo\nthree\nfour")
      const lost = yield* Effect.flip(turns.end(running, completed()))
      assert.deepStrictEqual(lost, new LeaseLost({ turnId: running.id }))
      for (const turnId of [running.id, queued.turnId]) {
        assert.include(yield* getTurn(workspaceId, turnId), { status: "superseded", answeredBy: last.turnId })
      }
      assert.include(yield* getTurn(workspaceId, joined.turnId), { status: "coalesced", answeredBy: last.turnId })
      if (last.runnable === null) return yield* Effect.die("no lease")
      assert.isFalse((yield* turns.end(last.runnable, completed())).more)
      assert.deepStrictEqual(yield* claimIn(workspaceId), [])
    })
  )

  it.effect("what was superseded twice is asked by the last, and answered by it", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const first = yield* acceptLeased(workspaceId, LONG_MS, { query: "one" })
      const again = (query: string) =>
        acceptTurn(command(workspaceId, { dialogId: first.dialogId, query, onBusy: "supersede", leaseMs: LONG_MS }))
      const second = yield* again("two")
      const third = yield* again("three")
      assert.strictEqual(third.runnable?.query, "one\ntwo\nthree")
      for (const turnId of [first.id, second.turnId]) {
        assert.include(yield* getTurn(workspaceId, turnId), { status: "superseded", answeredBy: third.turnId })
      }
    })
  )

  it.effect("a superseding turn that is left to a runner asks the earlier questions too", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const { dialogId } = yield* acceptLeased(workspaceId, LONG_MS, { query: "one" })
      const last = yield* acceptTurn(command(workspaceId, { dialogId, query: "two", onBusy: "supersede" }))
      const claimed = yield* first(yield* claimIn(workspaceId))
      assert.include(claimed, { id: last.turnId, query: "one\ntwo", attempts: 1 })
    })
  )
}
