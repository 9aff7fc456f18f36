import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Option } from "effect"
import { ChatbotEntryId } from "../chatbot/Chatbot.ts"
import { ChatbotIcons } from "../chatbot/ChatbotIcons.ts"
import type { Ids } from "../ids/Ids.ts"
import type { Workspaces } from "../workspace/Workspace.ts"
import { newWorkspace } from "./fixtures.ts"

/** What every store of icons does. */
export const chatbotIconsContract = <E>(name: string, store: Layer.Layer<ChatbotIcons | Workspaces | Ids, E>): void =>
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
  })
