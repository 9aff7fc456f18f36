import { Effect, Layer } from "effect"
import { ContactNotFound } from "../contact/Contact.ts"
import { Erasures, NOTHING_ERASED } from "../contact/Erasures.ts"
import { isEnded } from "../turn/turnStatus.ts"
import { contactOf } from "./applyIdentity.ts"
import { MemoryStore } from "./MemoryStore.ts"

/** `Erasures` over the shared memory. */
export const ErasuresMemory: Layer.Layer<Erasures, never, MemoryStore> = Layer.effect(
  Erasures,
  Effect.map(MemoryStore, (store) =>
    Erasures.of({
      erase: (workspaceId, contactId) =>
        Effect.suspend(() => {
          const workspace = store.workspaces.get(workspaceId)
          const contact = workspace === undefined ? null : contactOf(workspace, contactId)
          if (workspace === undefined || contact === null) return Effect.fail(new ContactNotFound({ contactId }))
          const dialogs = Array.from(workspace.dialogs.values()).filter(({ dialog }) => dialog.contactId === contact.id)
          const ids = new Set(dialogs.map(({ dialog }) => dialog.id))
          const turns = dialogs.flatMap((stored) => stored.turns)
          const merged = Array.from(workspace.aliases).filter(([, into]) => into === contact.id)
          const keys = Array.from(workspace.idempotency).filter(([, { dialogId }]) => ids.has(dialogId))
          const unanswered = Array.from(workspace.unanswered).filter(([, { question }]) =>
            ids.has(question.lastDialogId)
          )
          const report = {
            ...NOTHING_ERASED,
            contacts: 1 + merged.length,
            dialogs: dialogs.length,
            messages: dialogs.reduce((sum, { messages }) => sum + messages.length, 0),
            turns: turns.length,
            memories: workspace.memories.get(contact.id)?.length ?? 0,
            idempotencyKeys: keys.length,
            unanswered: unanswered.length
          }
          for (const { id } of turns) {
            store.progress.delete(id)
            store.checkpoints.delete(id)
            workspace.dialogOfTurn.delete(id)
          }
          for (const id of ids) workspace.dialogs.delete(id)
          for (const [key] of unanswered) workspace.unanswered.delete(key)
          for (const [key] of keys) workspace.idempotency.delete(key)
          for (const [alias] of merged) workspace.aliases.delete(alias)
          workspace.memories.delete(contact.id)
          workspace.contacts.delete(contact.id)
          const stopped = turns.filter(({ status }) => !isEnded(status)).map(({ id }) => id)
          return Effect.succeed({ report, stopped })
        })
    })
  )
)
