import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Option } from "effect"
import { Agents } from "../agent/Agents.ts"
import { ChatbotEntryId, ChatbotNotFound } from "../chatbot/Chatbot.ts"
import { ChatbotIcons } from "../chatbot/ChatbotIcons.ts"
import { Ids } from "../ids/Ids.ts"
import type { Workspaces } from "../workspace/Workspace.ts"
import { newWorkspace } from "./fixtures.ts"

/** What every store of icons does. */
export const chatbotIconsContract = <E>(
  name: string,
  store: Layer.Layer<Agents | ChatbotIcons | Workspaces | Ids, E>
): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`ChatbotIcons (${name})`, (it) => {
    it.effect("gives back what it was given, until its own workspace removes it", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const other = yield* newWorkspace
        const icons = yield* ChatbotIcons
        const id = ChatbotEntryId.make("0c1f4b52-8a0e-4b58-9d7c-1f2e3d4c5b6a")
        const icon = { contentType: "image/png", bytes: new Uint8Array([0, 137, 255]) }
        yield* icons.insert({ workspaceId, chatbotId: agent.id, id, ...icon })
        yield* icons.remove(other.workspaceId, [id])
        const found = Option.getOrThrow(yield* icons.find(id))
        assert.strictEqual(found.contentType, icon.contentType)
        assert.deepStrictEqual([...found.bytes], [...icon.bytes])
        yield* icons.remove(workspaceId, [id])
        assert.isTrue(Option.isNone(yield* icons.find(id)))
      })
    )

    it.effect("lets go of a chatbot's pictures with it, and takes none for it afterwards", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const icons = yield* ChatbotIcons
        const agents = yield* Agents
        const chatbotId = yield* Ids.use((ids) => ids.agentId)
        yield* agents.create(workspaceId, { id: chatbotId, name: "Ada" })
        const icon = { workspaceId, chatbotId, contentType: "image/png", bytes: new Uint8Array([1]) }
        const id = ChatbotEntryId.make("5d0c7a52-1c5e-4b0e-9a55-3f8f0d3f0001")
        const next = ChatbotEntryId.make("5d0c7a52-1c5e-4b0e-9a55-3f8f0d3f0002")
        yield* icons.insert({ ...icon, id })
        yield* agents.remove(workspaceId, chatbotId)
        assert.isTrue(Option.isNone(yield* icons.find(id)))
        assert.deepStrictEqual(
          yield* Effect.flip(icons.insert({ ...icon, id: next })),
          new ChatbotNotFound({ chatbotId })
        )
        assert.isTrue(Option.isNone(yield* icons.find(next)))
      })
    )

    it.effect("leaves no picture where a chatbot is removed while it gets one", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const icons = yield* ChatbotIcons
        const agents = yield* Agents
        const ids = yield* Ids
        for (let run = 0; run < 8; run++) {
          const chatbotId = yield* ids.agentId
          yield* agents.create(workspaceId, { id: chatbotId, name: "Ada" })
          const id = ChatbotEntryId.make(`5d0c7a52-1c5e-4b0e-9a55-3f8f0d3f010${run}`)
          const icon = { workspaceId, chatbotId, id, contentType: "image/png", bytes: new Uint8Array([1]) }
          const insert = Effect.ignore(icons.insert(icon))
          const remove = agents.remove(workspaceId, chatbotId)
          yield* Effect.all(run % 2 === 0 ? [insert, remove] : [remove, insert], { concurrency: "unbounded" })
          assert.isTrue(Option.isNone(yield* icons.find(id)))
        }
      })
    )
  })
