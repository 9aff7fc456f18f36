import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Option } from "effect"
import { Ids } from "../ids/Ids.ts"
import { Workspaces } from "../workspace/Workspace.ts"

const make = Effect.fnUntraced(function* (name: string) {
  const ids = yield* Ids
  const workspaces = yield* Workspaces
  const id = yield* ids.workspaceId
  return yield* workspaces.create({ id, name }, { id: yield* ids.agentId, name: "Butler" })
})

/** What every store of workspaces does. */
export const workspacesContract = <E>(name: string, store: Layer.Layer<Workspaces | Ids, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Workspaces (${name})`, (it) => {
    it.effect("a workspace is found as it was made", () =>
      Effect.gen(function* () {
        const workspaces = yield* Workspaces
        const made = yield* make("客服 & Co.")
        assert.strictEqual(made.name, "客服 & Co.")
        assert.instanceOf(made.createdAt, Date)
        assert.deepStrictEqual(yield* workspaces.find(made.id), Option.some(made))
        assert.isTrue(Option.isNone(yield* workspaces.find(yield* (yield* Ids).workspaceId)))
      })
    )

    it.effect("workspaces are listed oldest first", () =>
      Effect.gen(function* () {
        const made = [yield* make("first"), yield* make("second")]
        const listed = yield* (yield* Workspaces).list
        assert.deepStrictEqual(
          listed.filter(({ id }) => made.some((workspace) => workspace.id === id)),
          made
        )
      })
    )

    it.effect("made again under its id, a workspace stays as it is", () =>
      Effect.gen(function* () {
        const workspaces = yield* Workspaces
        const made = yield* make("first")
        const again = { id: made.id, name: "second" }
        const agent = { id: yield* (yield* Ids).agentId, name: "Other" }
        assert.deepStrictEqual(yield* workspaces.create(again, agent), made)
        assert.deepStrictEqual(yield* workspaces.find(made.id), Option.some(made))
      })
    )

    it.effect("what its models may use is set, and taken away", () =>
      Effect.gen(function* () {
        const { find, update } = yield* Workspaces
        const made = yield* make("first")
        const budget = { tokens: 1_000_000, cost: 12.5 }
        assert.deepStrictEqual(yield* update(made.id, { modelBudget: budget }), { ...made, modelBudget: budget })
        assert.deepStrictEqual(yield* find(made.id), Option.some({ ...made, modelBudget: budget }))
        assert.deepStrictEqual((yield* update(made.id, { name: "other" })).modelBudget, budget)
        assert.deepStrictEqual(yield* update(made.id, { name: "first", modelBudget: null }), made)
      })
    )
  })
