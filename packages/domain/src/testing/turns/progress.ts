import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { acceptTurn } from "../../turn/acceptTurn.ts"
import { type ProgressEvent, TurnProgressLog } from "../../turn/progress.ts"
import { type RunnableTurn, Turns } from "../../turn/Turns.ts"
import {
  acceptLeased,
  claimUntil,
  command,
  completed,
  type DialogStore,
  first,
  LONG_MS,
  newWorkspace,
  SHORT_MS,
  type Tests
} from "../fixtures.ts"

const deltas = (from: number, ...texts: ReadonlyArray<string>): ReadonlyArray<ProgressEvent> =>
  texts.map((text, index) => ({ n: from + index, kind: "delta", text }))

const toldBy = ({ id: turnId, lease }: RunnableTurn, events: ReadonlyArray<ProgressEvent>) => ({
  turnId,
  lease,
  events
})

const writtenOf = ({ id, workspaceId }: RunnableTurn, n = 0) =>
  TurnProgressLog.use((log) => log.after(workspaceId, id, n))

/** What turns tell while they run is there for others to read, and goes with their end. */
export const progress = (it: Tests<DialogStore>): void => {
  it.effect("what turns have told comes back in order, behind any event; said twice it is there once", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const log = yield* TurnProgressLog
      const [one, two] = [yield* acceptLeased(workspaceId, LONG_MS), yield* acceptLeased(workspaceId, LONG_MS)]
      const events: ReadonlyArray<ProgressEvent> = [
        { n: 2, kind: "log", log: { type: "task", name: "Orders", timestamp: 1 } },
        ...deltas(3, "It is ", "on its way."),
        { n: 5, kind: "restarted" }
      ]
      yield* log.append([toldBy(one, events.slice(0, 2)), toldBy(two, deltas(2, "Hello"))])
      yield* log.append([toldBy(one, events)])
      yield* log.append([])
      assert.deepStrictEqual(yield* writtenOf(one), events)
      assert.deepStrictEqual(yield* writtenOf(one, 3), events.slice(2))
      assert.deepStrictEqual(yield* writtenOf(one, 5), [])
      assert.deepStrictEqual(yield* writtenOf(two), deltas(2, "Hello"))
      const { workspaceId: other } = yield* newWorkspace
      assert.deepStrictEqual(yield* log.after(other, one.id, 0), [])
    })
  )

  it.effect("a start that has lost its lease writes nothing, beside others that have theirs", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const log = yield* TurnProgressLog
      const turns = yield* Turns
      const lost = yield* acceptLeased(workspaceId, SHORT_MS)
      const given = yield* acceptLeased(workspaceId, LONG_MS)
      const kept = yield* acceptLeased(workspaceId, LONG_MS)
      yield* log.append([toldBy(lost, deltas(2, "before"))])
      yield* turns.giveBack(given, LONG_MS)
      const again = yield* claimUntil(workspaceId, lost.id).pipe(Effect.flatMap(first))
      yield* log.append([
        toldBy(lost, deltas(3, "late")),
        toldBy(given, deltas(2, "late")),
        toldBy(kept, deltas(2, "in time"))
      ])
      assert.deepStrictEqual(yield* writtenOf(lost), deltas(2, "before"))
      assert.deepStrictEqual(yield* writtenOf(given), [])
      assert.deepStrictEqual(yield* writtenOf(kept), deltas(2, "in time"))
      yield* log.append([toldBy(again, deltas(3, "anew"))])
      assert.deepStrictEqual(yield* writtenOf(again), deltas(2, "before", "anew"))
    })
  )

  it.effect("nothing is left of it when the turn ends, however it does, and nothing comes after", () =>
    Effect.gen(function* () {
      const { workspaceId } = yield* newWorkspace
      const log = yield* TurnProgressLog
      const turns = yield* Turns
      const [ended, cancelled, superseded] = [
        yield* acceptLeased(workspaceId, LONG_MS),
        yield* acceptLeased(workspaceId, LONG_MS),
        yield* acceptLeased(workspaceId, LONG_MS)
      ]
      const all = [ended, cancelled, superseded]
      yield* log.append(all.map((turn) => toldBy(turn, deltas(2, "a"))))
      for (const turn of all) assert.lengthOf(yield* writtenOf(turn), 1)
      yield* turns.end(ended, completed())
      yield* turns.cancel(workspaceId, cancelled.id)
      yield* acceptTurn(command(workspaceId, { dialogId: superseded.dialogId, onBusy: "supersede" }))
      yield* log.append(all.map((turn) => toldBy(turn, deltas(3, "b"))))
      for (const turn of all) assert.deepStrictEqual(yield* writtenOf(turn), [])
    })
  )
}
