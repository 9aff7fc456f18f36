import { Context, Effect, Layer, Option } from "effect"
import { Agents } from "../agent/Agents.ts"
import type { AgentId, WorkspaceId } from "../ids/brands.ts"
import { type ChatbotEntryId, ChatbotNotFound } from "./Chatbot.ts"

/** A picture as browsers take it. */
export interface Icon {
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** A picture of a chatbot's. */
export interface ChatbotIcon extends Icon {
  readonly workspaceId: WorkspaceId
  readonly chatbotId: AgentId
  readonly id: ChatbotEntryId
}

/** The pictures that chatbots show. Those of a chatbot go with it, shown or not. */
export class ChatbotIcons extends Context.Service<
  ChatbotIcons,
  {
    readonly insert: (icon: ChatbotIcon) => Effect.Effect<void, ChatbotNotFound>
    /** By the id alone, since a page that shows it knows nothing else. */
    readonly find: (id: ChatbotEntryId) => Effect.Effect<Option.Option<Icon>>
    readonly remove: (workspaceId: WorkspaceId, ids: ReadonlyArray<ChatbotEntryId>) => Effect.Effect<void>
  }
>()("@butler/domain/ChatbotIcons") {
  static readonly layerMemory = Layer.effect(
    ChatbotIcons,
    Effect.map(Agents, (agents) => {
      const icons = new Map<ChatbotEntryId, ChatbotIcon>()
      const isThere = (workspaceId: WorkspaceId, id: AgentId) => Effect.map(agents.find(workspaceId, id), Option.isSome)
      return ChatbotIcons.of({
        insert: Effect.fnUntraced(function* (icon) {
          const { chatbotId, id, workspaceId } = icon
          if (!(yield* isThere(workspaceId, chatbotId))) return yield* new ChatbotNotFound({ chatbotId })
          icons.set(id, icon)
        }),
        find: Effect.fnUntraced(function* (id) {
          const icon = icons.get(id)
          if (icon === undefined || !(yield* isThere(icon.workspaceId, icon.chatbotId))) return Option.none()
          return Option.some({ bytes: icon.bytes, contentType: icon.contentType })
        }),
        remove: (workspaceId, ids) =>
          Effect.sync(() => {
            for (const id of ids) if (icons.get(id)?.workspaceId === workspaceId) icons.delete(id)
          })
      })
    })
  )
}
