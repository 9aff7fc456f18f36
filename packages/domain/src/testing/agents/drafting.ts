import { assert } from "@effect/vitest"
import { Effect } from "effect"
import type { Agent } from "../../agent/Agent.ts"
import { Agents } from "../../agent/Agents.ts"
import { draftOf } from "../../agent/AgentState.ts"
import { type AgentChange, changeAgent } from "../../agent/changeAgent.ts"
import { acceptTurn } from "../../turn/acceptTurn.ts"
import { claimIn, command, first, getTurn, newWorkspace, type Tests } from "../fixtures.ts"
import type { AgentStore } from "./managing.ts"

const by =
  (change: AgentChange) =>
  (agent: Agent): Agent =>
    changeAgent(agent, change)

const publication = { by: null, note: "because" }

/** What is written before it is published. */
export const drafting = (it: Tests<AgentStore>): void => {
  it.effect("a draft is seen by no turn but those that try it, until it is published", () =>
    Effect.gen(function* () {
      const { agent, workspaceId } = yield* newWorkspace
      const agents = yield* Agents
      const none = yield* agents.state(workspaceId, agent.id)
      assert.deepStrictEqual([none.draft, draftOf(none)], [null, agent])
      yield* agents.changeDraft(workspaceId, agent.id, by({ instructions: "One." }))
      const drafted = yield* agents.changeDraft(workspaceId, agent.id, by({ passages: 3 }))
      const draft = { ...agent, version: -2, settings: { instructions: "One.", passages: 3 } }
      assert.deepStrictEqual([drafted.agent, draftOf(drafted)], [agent, draft])
      assert.deepStrictEqual(yield* agents.state(workspaceId, agent.id), drafted)

      const plain = yield* acceptTurn(command(workspaceId))
      const trial = yield* acceptTurn(command(workspaceId, { draft: true }))
      const answering = new Map((yield* claimIn(workspaceId)).map((turn) => [turn.id, turn.agent]))
      assert.deepStrictEqual([answering.get(plain.turnId), answering.get(trial.turnId)], [agent, draft])
      assert.strictEqual((yield* getTurn(workspaceId, trial.turnId)).agentVersion, -2)

      const published = yield* agents.publish(workspaceId, agent.id, publication)
      assert.deepStrictEqual(published, { ...draft, version: 2 })
      const after = yield* agents.state(workspaceId, agent.id)
      assert.deepStrictEqual([after.agent, after.draft], [published, null])
      assert.deepStrictEqual(yield* agents.publish(workspaceId, agent.id, publication), published)
    })
  )

  it.effect("what is published at once is in the draft as well", () =>
    Effect.gen(function* () {
      const { agent, workspaceId } = yield* newWorkspace
      const agents = yield* Agents
      yield* agents.changeDraft(workspaceId, agent.id, by({ instructions: "Draft." }))
      yield* agents.update(workspaceId, agent.id, by({ passages: 5 }))
      const published = yield* agents.publish(workspaceId, agent.id, publication)
      assert.deepStrictEqual(published.settings, { instructions: "Draft.", passages: 5 })
    })
  )

  it.effect("a draft is discarded, and the next one is told from it", () =>
    Effect.gen(function* () {
      const { agent, workspaceId } = yield* newWorkspace
      const agents = yield* Agents
      yield* agents.changeDraft(workspaceId, agent.id, by({ instructions: "One." }))
      const trial = yield* acceptTurn(command(workspaceId, { draft: true }))
      yield* agents.discardDraft(workspaceId, agent.id)
      yield* agents.discardDraft(workspaceId, agent.id)
      assert.strictEqual((yield* agents.state(workspaceId, agent.id)).draft, null)
      const claimed = yield* claimIn(workspaceId).pipe(Effect.flatMap(first))
      assert.deepStrictEqual([claimed.id, claimed.agent], [trial.turnId, agent])
      const next = yield* agents.changeDraft(workspaceId, agent.id, by({ instructions: "Two." }))
      assert.strictEqual(draftOf(next).version, -2)
    })
  )
}
