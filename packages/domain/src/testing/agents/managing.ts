import { assert } from "@effect/vitest"
import { Effect, Option } from "effect"
import { AgentInUse, AgentNotFound } from "../../agent/Agent.ts"
import { Agents } from "../../agent/Agents.ts"
import { Ids } from "../../ids/Ids.ts"
import type { WorkspaceId } from "../../ids/brands.ts"
import { acceptTurn } from "../../turn/acceptTurn.ts"
import type { Turns } from "../../turn/Turns.ts"
import { ApiKeys } from "../../workspace/ApiKeys.ts"
import { Workspaces } from "../../workspace/Workspace.ts"
import { newKey } from "../apiKeysContract.ts"
import { claimIn, command, first, getTurn, newWorkspace, type Tests } from "../fixtures.ts"

/** What the suites about agents need of a store. */
export type AgentStore = Agents | ApiKeys | Turns | Workspaces | Ids

export const create = Effect.fnUntraced(function* (workspaceId: WorkspaceId, name: string) {
  const agents = yield* Agents
  return yield* agents.create(workspaceId, { id: yield* (yield* Ids).agentId, name })
})

const listed = Effect.fnUntraced(function* (workspaceId: WorkspaceId) {
  const agents = yield* Agents
  return yield* agents.list({ workspaceId, after: null, limit: 100 })
})

/** Agents are made, listed, named by turns and removed. */
export const managing = (it: Tests<AgentStore>): void => {
  it.effect("a new workspace has one agent, without settings; others are listed behind it, page by page", () =>
    Effect.gen(function* () {
      const { agent, workspaceId } = yield* newWorkspace
      const agents = yield* Agents
      assert.deepStrictEqual(yield* listed(workspaceId), [agent])
      const made = [yield* create(workspaceId, "二"), yield* create(workspaceId, "third")]
      assert.deepStrictEqual(
        made.map(({ version }) => version),
        [1, 1]
      )
      assert.deepStrictEqual(yield* listed(workspaceId), [agent, ...made])
      assert.deepStrictEqual(yield* agents.list({ workspaceId, after: agent.id, limit: 1 }), made.slice(0, 1))
      assert.deepStrictEqual(yield* agents.list({ workspaceId, after: made[1]?.id ?? null, limit: 1 }), [])
      assert.deepStrictEqual(yield* agents.find(workspaceId, agent.id), Option.some(agent))
    })
  )

  it.effect("another workspace's agent does not exist, whatever is asked of it", () =>
    Effect.gen(function* () {
      const { agent } = yield* newWorkspace
      const { workspaceId } = yield* newWorkspace
      const agents = yield* Agents
      const { id } = agent
      assert.isTrue(Option.isNone(yield* agents.find(workspaceId, id)))
      const publication = { by: null, note: null }
      const refusals = [
        agents.update(workspaceId, id, (found) => found),
        agents.remove(workspaceId, id),
        agents.state(workspaceId, id),
        agents.changeDraft(workspaceId, id, (found) => found),
        agents.discardDraft(workspaceId, id),
        agents.publish(workspaceId, id, publication),
        agents.rollBack(workspaceId, id, 1, publication),
        agents.versions({ workspaceId, agentId: id, before: null, limit: 1 }),
        agents.version(workspaceId, id, 1),
        acceptTurn(command(workspaceId, { agentId: id })),
        (yield* Workspaces).update(workspaceId, { defaultAgentId: id })
      ]
      for (const refusal of refusals) {
        assert.deepStrictEqual(
          yield* Effect.flip<unknown, unknown, AgentStore>(refusal),
          new AgentNotFound({ agentId: id })
        )
      }
    })
  )

  it.effect("the agent that a turn names answers it, else the default one", () =>
    Effect.gen(function* () {
      const { agent, workspaceId } = yield* newWorkspace
      const other = yield* create(workspaceId, "Other")
      const named = yield* acceptTurn(command(workspaceId, { agentId: other.id }))
      const unnamed = yield* acceptTurn(command(workspaceId))
      yield* (yield* Workspaces).update(workspaceId, { defaultAgentId: other.id })
      const later = yield* acceptTurn(command(workspaceId))
      const answering = new Map((yield* claimIn(workspaceId)).map((turn) => [turn.id, turn.agent]))
      assert.deepStrictEqual(
        [named, unnamed, later].map(({ turnId }) => answering.get(turnId)),
        [other, agent, other]
      )
      assert.include(yield* getTurn(workspaceId, unnamed.turnId), { agentId: agent.id, agentVersion: 1 })
    })
  )

  it.effect("an agent is removed, except for one that others count on", () =>
    Effect.gen(function* () {
      const { agent, workspaceId } = yield* newWorkspace
      const agents = yield* Agents
      const keys = yield* ApiKeys
      const spare = yield* create(workspaceId, "Spare")
      const { turnId } = yield* acceptTurn(command(workspaceId, { agentId: spare.id }))
      const inUse = (agentId: typeof agent.id, by: AgentInUse["by"]) => new AgentInUse({ agentId, by })
      assert.deepStrictEqual(yield* Effect.flip(agents.remove(workspaceId, agent.id)), inUse(agent.id, "workspace"))

      const key = yield* newKey(workspaceId, { agentId: spare.id })
      yield* keys.insert(key)
      assert.deepStrictEqual(yield* Effect.flip(agents.remove(workspaceId, spare.id)), inUse(spare.id, "api key"))
      yield* keys.revoke(workspaceId, key.id)
      yield* agents.remove(workspaceId, spare.id)

      assert.deepStrictEqual(yield* listed(workspaceId), [agent])
      assert.isTrue(Option.isNone(yield* agents.find(workspaceId, spare.id)))
      const refused = yield* Effect.flip(acceptTurn(command(workspaceId, { agentId: spare.id })))
      assert.deepStrictEqual(refused, new AgentNotFound({ agentId: spare.id }))
      const waiting = yield* claimIn(workspaceId).pipe(Effect.flatMap(first))
      assert.deepStrictEqual([waiting.id, waiting.agent], [turnId, spare])
    })
  )
}
