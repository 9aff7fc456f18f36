import { assert } from "@effect/vitest"
import { Effect, Option, Redacted, Schema } from "effect"
import { Agent } from "../../agent/Agent.ts"
import { Agents } from "../../agent/Agents.ts"
import { changeAgent } from "../../agent/changeAgent.ts"
import { acceptTurn } from "../../turn/acceptTurn.ts"
import { Turns } from "../../turn/Turns.ts"
import { claimIn, command, first, getTurn, newWorkspace, type Tests } from "../fixtures.ts"
import type { AgentStore } from "./managing.ts"

const apiKey = Redacted.make("s3cret")
const model = { url: "https://models.example/v1", model: "m-1", apiKey, temperature: 0.2 }

const toolServers = [
  {
    name: "shop",
    transport: { type: "http" as const, url: "https://shop.example/mcp", headers: { authorization: apiKey } }
  }
]

/** With its credentials in clear: two that are redacted look the same. */
export const revealed = Schema.encodeSync(Agent)

/** What is published at once. */
export const changing = (it: Tests<AgentStore>): void => {
  it.effect("a change is kept, credentials included, and seen by the turns that follow", () =>
    Effect.gen(function* () {
      const { agent, workspaceId } = yield* newWorkspace
      const agents = yield* Agents
      const settings = { instructions: "Be brief.", model, fallbackModel: model, toolServers, passages: 3 }
      const changed = yield* agents.update(workspaceId, agent.id, (found) =>
        changeAgent(found, { name: "客服", ...settings })
      )
      const expected = revealed({ id: agent.id, name: "客服", version: 2, settings })
      assert.deepStrictEqual(revealed(changed), expected)
      assert.deepStrictEqual(revealed(Option.getOrThrow(yield* agents.find(workspaceId, agent.id))), expected)
      const turns = yield* Turns
      assert.deepStrictEqual(
        revealed((yield* turns.facts({ workspaceId, userId: null, dialogId: null, idempotency: null })).agent),
        expected
      )
      const { turnId } = yield* acceptTurn(command(workspaceId))
      const claimed = yield* claimIn(workspaceId).pipe(Effect.flatMap(first))
      assert.deepStrictEqual(revealed(claimed.agent), expected)
      assert.include(yield* getTurn(workspaceId, turnId), { agentId: agent.id, agentVersion: 2 })
    })
  )

  it.effect("a change of nothing publishes nothing", () =>
    Effect.gen(function* () {
      const { agent, workspaceId } = yield* newWorkspace
      const agents = yield* Agents
      const change = { instructions: "Be brief.", model }
      yield* agents.update(workspaceId, agent.id, (found) => changeAgent(found, change))
      const again = yield* agents.update(workspaceId, agent.id, (found) => changeAgent(found, change))
      assert.strictEqual(again.version, 2)
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
      assert.strictEqual(found.version, 9)
    })
  )
}
