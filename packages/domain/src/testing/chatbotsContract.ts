import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Option, Result } from "effect"
import { changeAgent } from "../agent/changeAgent.ts"
import { Agents } from "../agent/Agents.ts"
import { type Chatbot, ChatbotEntryId, ChatbotNotFound, emptyChatbot } from "../chatbot/Chatbot.ts"
import { Chatbots } from "../chatbot/Chatbots.ts"
import { addEntry } from "../chatbot/entries.ts"
import type { Ids } from "../ids/Ids.ts"
import type { AgentId, WorkspaceId } from "../ids/brands.ts"
import { Turns } from "../turn/Turns.ts"
import type { Workspaces } from "../workspace/Workspace.ts"
import { newWorkspace } from "./fixtures.ts"

const NOBODY = { userId: null, dialogId: null, idempotency: null }

const entry = {
  id: ChatbotEntryId.make("17e23880-386e-492f-960c-4394baec2977"),
  title: "A",
  description: "",
  link: null
}

const succeed =
  (change: Partial<Chatbot>) =>
  (chatbot: Chatbot): Result.Result<Chatbot> =>
    Result.succeed({ ...chatbot, ...change })

const set =
  (settings: Chatbot["settings"]) =>
  (chatbot: Chatbot): Result.Result<Chatbot> =>
    Result.succeed({ ...chatbot, settings: { ...chatbot.settings, ...settings } })

const factsOf = (workspaceId: WorkspaceId, agentId: AgentId) =>
  Turns.use(({ facts }) => facts({ ...NOBODY, workspaceId, agentId, dialogsOf: agentId }))

/** What every store of chatbots does. */
export const chatbotsContract = <E>(
  name: string,
  store: Layer.Layer<Agents | Chatbots | Turns | Workspaces | Ids, E>
): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Chatbots (${name})`, (it) => {
    it.effect("an agent is a chatbot that nothing is said of yet", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const chatbots = yield* Chatbots
        const empty = { id: agent.id, title: agent.name, ...emptyChatbot }
        assert.deepStrictEqual(yield* chatbots.find(workspaceId, agent.id), Option.some(empty))
        assert.deepStrictEqual((yield* factsOf(workspaceId, agent.id)).chatbot, empty)
        assert.deepStrictEqual(yield* chatbots.list(workspaceId, { offset: 0, limit: 20 }), [empty])
        assert.deepStrictEqual(yield* chatbots.list(workspaceId, { offset: 1, limit: 20 }), [])
      })
    )

    it.effect("a change is kept, and shapes the agent where it concerns it", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const chatbots = yield* Chatbots
        const agents = yield* Agents
        yield* agents.update(workspaceId, agent.id, (found) => changeAgent(found, { instructions: "Be kind." }))
        const quick = succeed({ quickPrompts: [entry], settings: { hideSources: true, historyCount: 2 } })
        const changed = yield* chatbots.change(workspaceId, agent.id, quick)
        assert.deepStrictEqual(yield* chatbots.find(workspaceId, agent.id), Option.some(changed))
        assert.deepStrictEqual((yield* factsOf(workspaceId, agent.id)).chatbot, changed)
        const kept = Option.getOrThrow(yield* agents.find(workspaceId, agent.id))
        assert.deepStrictEqual(kept.settings, { instructions: "Be kind.", historyMessages: 4 })
        const { settings } = changed
        const told = { title: "Ada", settings: { ...settings, systemPrompt: "Be brief.", mode: "AGENT" as const } }
        yield* chatbots.change(workspaceId, agent.id, succeed(told))
        const shaped = Option.getOrThrow(yield* agents.find(workspaceId, agent.id))
        assert.strictEqual(shaped.name, "Ada")
        assert.deepStrictEqual(shaped.settings, { instructions: "Be brief.", historyMessages: 4, mode: "human" })
      })
    )

    it.effect("what a change names is set, also where it was changed on the agent alone", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const chatbots = yield* Chatbots
        const agents = yield* Agents
        const settings = agents.find(workspaceId, agent.id).pipe(
          Effect.map(Option.getOrThrow),
          Effect.map((found) => found.settings)
        )
        const cold = (chatbot: Chatbot) =>
          Result.map(set({ temperature: 0.25 })(chatbot), (changed) => ({
            ...changed,
            named: ["temperature"] as const
          }))
        yield* chatbots.change(workspaceId, agent.id, cold)
        yield* agents.update(workspaceId, agent.id, (found) => changeAgent(found, { temperature: 1 }))
        yield* chatbots.change(workspaceId, agent.id, set({ rtl: true }))
        assert.deepStrictEqual(yield* settings, { temperature: 1 })
        const changed = yield* chatbots.change(workspaceId, agent.id, cold)
        assert.deepStrictEqual(yield* settings, { temperature: 0.25 })
        assert.deepStrictEqual(yield* chatbots.find(workspaceId, agent.id), Option.some(changed))
      })
    )

    it.effect("how many questions are offered is one setting, of the agent and of the chatbot", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const chatbots = yield* Chatbots
        const agents = yield* Agents
        const offered = agents.find(workspaceId, agent.id).pipe(
          Effect.map(Option.getOrThrow),
          Effect.map(({ settings }) => settings?.suggestions)
        )
        const settings = chatbots.find(workspaceId, agent.id).pipe(
          Effect.map(Option.getOrThrow),
          Effect.map((chatbot) => chatbot.settings)
        )
        yield* chatbots.change(workspaceId, agent.id, set({ smartFollowUpPromptsCount: 5 }))
        assert.deepStrictEqual(yield* offered, { count: 5 })
        yield* agents.update(workspaceId, agent.id, (found) => changeAgent(found, { suggestions: { count: 2 } }))
        assert.deepStrictEqual(yield* settings, { disableSmartFollowUpPrompts: false, smartFollowUpPromptsCount: 2 })
        yield* chatbots.change(workspaceId, agent.id, set({ disableSmartFollowUpPrompts: true }))
        assert.deepStrictEqual(yield* offered, { count: 0 })
        yield* chatbots.change(workspaceId, agent.id, set({ disableSmartFollowUpPrompts: false }))
        assert.deepStrictEqual(yield* offered, { count: 2 })
      })
    )

    it.effect("whether it answers is one setting, of the agent and of the chatbot", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const chatbots = yield* Chatbots
        const agents = yield* Agents
        const mode = chatbots.find(workspaceId, agent.id).pipe(
          Effect.map(Option.getOrThrow),
          Effect.map(({ settings }) => settings.mode)
        )
        yield* agents.update(workspaceId, agent.id, (found) => changeAgent(found, { mode: "human" }))
        assert.strictEqual(yield* mode, "AGENT")
        yield* chatbots.change(workspaceId, agent.id, set({ rtl: true }))
        assert.strictEqual(yield* mode, "AGENT")
        yield* chatbots.change(workspaceId, agent.id, set({ mode: "AI" }))
        assert.isUndefined(Option.getOrThrow(yield* agents.find(workspaceId, agent.id)).settings?.mode)
        yield* chatbots.change(workspaceId, agent.id, set({ mode: "AGENT" }))
        yield* agents.update(workspaceId, agent.id, (found) => changeAgent(found, { mode: null }))
        assert.strictEqual(yield* mode, "AI")
      })
    )

    it.effect("a change that fails changes nothing, and another workspace's chatbot does not exist", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const other = yield* newWorkspace
        const chatbots = yield* Chatbots
        const refused = chatbots.change(workspaceId, agent.id, () => Result.fail("refused"))
        assert.strictEqual(yield* Effect.flip(refused), "refused")
        const foreign = chatbots.change(other.workspaceId, agent.id, succeed({ title: "Mallory" }))
        assert.deepStrictEqual(yield* Effect.flip(foreign), new ChatbotNotFound({ chatbotId: agent.id }))
        assert.isTrue(Option.isNone(yield* chatbots.find(other.workspaceId, agent.id)))
        const found = Option.getOrThrow(yield* chatbots.find(workspaceId, agent.id))
        assert.deepStrictEqual(found, { id: agent.id, title: agent.name, ...emptyChatbot })
      })
    )

    it.effect("changes at once are all kept", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const chatbots = yield* Chatbots
        const add = (title: string) =>
          chatbots.change(workspaceId, agent.id, (chatbot) => addEntry(chatbot, "quickPrompts", { ...entry, title }))
        yield* Effect.forEach([..."abcdefgh"], add, { concurrency: "unbounded", discard: true })
        const { quickPrompts } = Option.getOrThrow(yield* chatbots.find(workspaceId, agent.id))
        assert.strictEqual(
          quickPrompts
            .map(({ title }) => title)
            .toSorted()
            .join(""),
          "abcdefgh"
        )
      })
    )
  })
