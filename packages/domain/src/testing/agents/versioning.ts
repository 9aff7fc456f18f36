import { assert } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { AgentVersionNotFound } from "../../agent/Agent.ts"
import { Agents } from "../../agent/Agents.ts"
import { changeAgent } from "../../agent/changeAgent.ts"
import { ApiKeyId } from "../../workspace/ApiKey.ts"
import { newWorkspace, type Tests } from "../fixtures.ts"
import { revealed } from "./changing.ts"
import type { AgentStore } from "./managing.ts"

const by = ApiKeyId.make("0123456789abcdef")
const modelAt = (host: string, apiKey: string) => ({
  url: `https://${host}/v1`,
  model: "m",
  apiKey: Redacted.make(apiKey)
})

/** What was published once. */
export const versioning = (it: Tests<AgentStore>): void => {
  it.effect("every publication is kept, with who, when and why; newest first, page by page", () =>
    Effect.gen(function* () {
      const { agent, workspaceId } = yield* newWorkspace
      const agents = yield* Agents
      const { id: agentId, name } = agent
      yield* agents.changeDraft(workspaceId, agentId, (found) => changeAgent(found, { instructions: "Two." }))
      yield* agents.publish(workspaceId, agentId, { by, note: "试试" })
      yield* agents.update(workspaceId, agentId, (found) => changeAgent(found, { name: "Three" }))
      const versions = yield* agents.versions({ workspaceId, agentId, before: null, limit: 10 })
      const settings = { instructions: "Two." }
      assert.deepStrictEqual(
        versions.map(({ publishedAt: _at, ...version }) => version),
        [
          { agentId, version: 3, name: "Three", settings, by: null, note: null },
          { agentId, version: 2, name, settings, by, note: "试试" },
          { agentId, version: 1, name, by: null, note: null }
        ]
      )
      assert.deepStrictEqual(
        versions.map(({ publishedAt }) => publishedAt instanceof Date),
        [true, true, true]
      )
      assert.deepStrictEqual(
        yield* agents.versions({ workspaceId, agentId, before: 3, limit: 1 }),
        versions.slice(1, 2)
      )
      assert.deepStrictEqual(yield* agents.version(workspaceId, agentId, 2), versions[1])
      assert.deepStrictEqual(
        yield* Effect.flip(agents.version(workspaceId, agentId, 4)),
        new AgentVersionNotFound({ agentId, version: 4 })
      )
    })
  )

  it.effect("rolled back, an agent is what it was, as its newest version and with the credentials of today", () =>
    Effect.gen(function* () {
      const { agent, workspaceId } = yield* newWorkspace
      const agents = yield* Agents
      const { id } = agent
      const model = modelAt("one.example", "old")
      const fallbackModel = modelAt("two.example", "two")
      const change = (changes: Parameters<typeof changeAgent>[1]) =>
        agents.update(workspaceId, id, (found) => changeAgent(found, changes))
      yield* change({ instructions: "Before.", model, fallbackModel })
      yield* change({ model: modelAt("one.example", "new"), fallbackModel: modelAt("three.example", "three") })
      yield* agents.changeDraft(workspaceId, id, (found) => changeAgent(found, { passages: 9 }))
      yield* change({ instructions: "After." })
      const back = yield* agents.rollBack(workspaceId, id, 2, { by, note: null })
      const settings = { instructions: "Before.", model: modelAt("one.example", "new"), fallbackModel }
      assert.deepStrictEqual(revealed(back), revealed({ ...agent, version: 5, settings }))
      assert.strictEqual((yield* agents.state(workspaceId, id)).draft?.settings?.passages, 9)
      const refused = yield* Effect.flip(agents.rollBack(workspaceId, id, 99, { by, note: null }))
      assert.deepStrictEqual(refused, new AgentVersionNotFound({ agentId: id, version: 99 }))
    })
  )
}
