import { Context, Effect, Layer, Option } from "effect"
import type { AgentId, WorkspaceId } from "../ids/brands.ts"
import type { ChatbotEntryId } from "./Chatbot.ts"

/** A picture as browsers take it. */
export interface Icon {
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** The pictures that chatbots show. */
export class ChatbotIcons extends Context.Service<
  ChatbotIcons,
  {
    readonly insert: (
      icon: Icon & { readonly workspaceId: WorkspaceId; readonly chatbotId: AgentId; readonly id: ChatbotEntryId }
    ) => Effect.Effect<void>
    /** By the id alone, since a page that shows it knows nothing else. */
    readonly find: (id: ChatbotEntryId) => Effect.Effect<Option.Option<Icon>>
    readonly remove: (workspaceId: WorkspaceId, ids: ReadonlyArray<ChatbotEntryId>) => Effect.Effect<void>
  }
>()("@butler/domain/ChatbotIcons") {
  static readonly layerMemory = Layer.sync(ChatbotIcons, () => {
    const icons = new Map<ChatbotEntryId, Icon & { readonly workspaceId: WorkspaceId }>()
    return ChatbotIcons.of({
      insert: ({ bytes, contentType, id, workspaceId }) =>
        Effect.sync(() => void icons.set(id, { bytes, contentType, workspaceId })),
      find: (id) =>
        Effect.sync(() =>
          Option.map(Option.fromUndefinedOr(icons.get(id)), ({ bytes, contentType }) => ({ bytes, contentType }))
        ),
      remove: (workspaceId, ids) =>
        Effect.sync(() => {
          for (const id of ids) if (icons.get(id)?.workspaceId === workspaceId) icons.delete(id)
        })
    })
  })
}
