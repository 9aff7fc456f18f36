import { assert, layer } from "@effect/vitest"
import { Effect, type Layer } from "effect"
import { TurnCheckpoints } from "../tool/TurnCheckpoints.ts"
import { LeaseLost, Turns } from "../turn/Turns.ts"
import {
  acceptLeased,
  claimUntil,
  completed,
  type DialogStore,
  first,
  LONG_MS,
  newWorkspace,
  SHORT_MS
} from "./fixtures.ts"

/** What every store of checkpoints does. */
export const turnCheckpointsContract = <E>(name: string, store: Layer.Layer<DialogStore | TurnCheckpoints, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`TurnCheckpoints (${name})`, (it) => {
    it.effect("what a step came to is there for the next start, to the letter, and for no other turn", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const checkpoints = yield* TurnCheckpoints
        const [crashed, other] = [yield* acceptLeased(workspaceId, SHORT_MS), yield* acceptLeased(workspaceId, LONG_MS)]
        const value = { content: "it's “me” \\ 👋\n", isError: false, nested: [null, 1.5, { a: [] }] }
        yield* checkpoints.write(crashed, "call 1", { content: "first try" })
        yield* checkpoints.write(crashed, "call 1", value)
        yield* checkpoints.write(crashed, "call 2", "text")
        yield* checkpoints.write(other, "call 1", null)
        const rerun = yield* claimUntil(workspaceId, crashed.id).pipe(Effect.flatMap(first))
        assert.deepStrictEqual(
          new Map(yield* checkpoints.read(rerun)),
          new Map<string, unknown>([
            ["call 1", value],
            ["call 2", "text"]
          ])
        )
        assert.deepStrictEqual(new Map(yield* checkpoints.read(other)), new Map([["call 1", null]]))
      })
    )

    it.effect("who has lost the turn keeps nothing, and nothing is kept beyond its end", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const checkpoints = yield* TurnCheckpoints
        const crashed = yield* acceptLeased(workspaceId, SHORT_MS)
        const rerun = yield* claimUntil(workspaceId, crashed.id).pipe(Effect.flatMap(first))
        const lost = new LeaseLost({ turnId: crashed.id })
        assert.deepStrictEqual(yield* Effect.flip(checkpoints.write(crashed, "call 1", "late")), lost)
        assert.strictEqual((yield* checkpoints.read(rerun)).size, 0)
        yield* checkpoints.write(rerun, "call 1", "in time")
        yield* (yield* Turns).end(rerun, completed())
        assert.strictEqual((yield* checkpoints.read(rerun)).size, 0)
        assert.deepStrictEqual(yield* Effect.flip(checkpoints.write(rerun, "call 2", "late")), lost)
      })
    )
  })
