import { Effect, Layer } from "effect"
import { Contacts } from "../contact/Contacts.ts"
import { Dialogs } from "../dialog/Dialogs.ts"
import { Memories } from "../recall/Memories.ts"
import { TurnBackgrounds } from "../turn/TurnBackgrounds.ts"

/** `TurnBackgrounds` over the ports that have its parts. */
export const TurnBackgroundsMemory: Layer.Layer<TurnBackgrounds, never, Contacts | Dialogs | Memories> = Layer.effect(
  TurnBackgrounds,
  Effect.gen(function* () {
    const dialogs = yield* Dialogs
    const contacts = yield* Contacts
    const { list } = yield* Memories
    return TurnBackgrounds.of({
      find: Effect.fnUntraced(function* ({ contactId, dialogId, memories, messages, workspaceId }) {
        const dialog = yield* dialogs.find(workspaceId, dialogId)
        const start = dialog._tag === "Some" ? dialog.value.contextStart : 0
        const latest = { workspaceId, dialogId, order: "desc", after: null, limit: messages } as const
        const said = (yield* dialogs.messages(latest)).filter(({ sequence }) => sequence > start)
        const contact = yield* contacts.find(workspaceId, contactId)
        const known = yield* list({ workspaceId, contactId, after: null, limit: memories })
        return { said, memories: known, details: contact._tag === "Some" ? contact.value.details : {} }
      })
    })
  })
)
