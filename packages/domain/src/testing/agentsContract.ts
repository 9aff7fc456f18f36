import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Option, Redacted } from "effect"
import { changeAgent } from "../agent/Agent.ts"
import { Agents } from "../agent/Agents.ts"
import { Ids } from "../ids/Ids.ts"
import { acceptTurn } from "../turn/acceptTurn.ts"
import { Turns } from "../turn/Turns.ts"
import type { Workspaces } from "../workspace/Workspace.ts"
import { claimUntil, command, newWorkspace } from "./fixtures.ts"

const model = { url: "https://models.example/v1", model: "m-1", apiKey: Redacted.make("s3cret"), temperature: 0.2 }

/** What every store of agents does. */
export const agentsContract = <E>(name: string, store: Layer.Layer<Agents | Turns | Workspaces | Ids, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Agents (${name})`, (it) => {
    it.effect("a new workspace has one agent, without settings", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const agents = yield* Agents
        assert.deepStrictEqual(yield* agents.list(workspaceId), [agent])
        assert.deepStrictEqual(yield* agents.find(workspaceId, agent.id), Option.some(agent))
      })
    )

    it.effect("another workspace's agent does not exist", () =>
      Effect.gen(function* () {
        const { agent } = yield* newWorkspace
        const { workspaceId } = yield* newWorkspace
        const agents = yield* Agents
        assert.isTrue(Option.isNone(yield* agents.find(workspaceId, agent.id)))
        const refused = yield* Effect.flip(agents.update(workspaceId, agent.id, (found) => found))
        assert.strictEqual(refused.agentId, agent.id)
      })
    )

    it.effect("a change is kept, key included, and seen by the turns that follow", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const agents = yield* Agents
        const changed = yield* agents.update(workspaceId, agent.id, (found) =>
          changeAgent(found, { name: "客服", instructions: "Be brief.", model })
        )
        assert.deepStrictEqual(changed, { id: agent.id, name: "客服", settings: { instructions: "Be brief.", model } })
        assert.deepStrictEqual(yield* agents.find(workspaceId, agent.id), Option.some(changed))
        const turns = yield* Turns
        assert.deepStrictEqual(
          (yield* turns.facts({ workspaceId, userId: null, dialogId: null, idempotency: null })).agent,
          changed
        )
        const { turnId } = yield* acceptTurn(command(workspaceId))
        const claimed = yield* claimUntil(workspaceId, turnId)
        assert.deepStrictEqual(
          claimed.map((turn) => turn.agent),
          [changed]
        )
      })
    )

    it.effect("changes at once are all kept", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const agents = yield* Agents
        const append = (letter: string) =>
          agents.update(workspaceId, agent.id, (found) =>
            changeAgent(found, { instructions: `${found.settings?.instructions ?? ""}${letter}` })
          )
        yield* Effect.forEach([..."abcdefgh"], append, { concurrency: "unbounded", discard: true })
        const found = Option.getOrThrow(yield* agents.find(workspaceId, agent.id))
        assert.deepStrictEqual([...(found.settings?.instructions ?? "")].toSorted().join(""), "abcdefgh")
      })
    )
  })
