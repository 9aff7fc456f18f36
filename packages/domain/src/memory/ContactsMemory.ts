import { Effect, Layer } from "effect"
import { type Contact, ContactNotFound } from "../contact/Contact.ts"
import { type ContactCursor, Contacts } from "../contact/Contacts.ts"
import { planIdentify, planMerge } from "../contact/identity.ts"
import type { ContactId, WorkspaceId } from "../ids/brands.ts"
import { applyIdentity, contactOf } from "./applyIdentity.ts"
import { contactOfUser, MemoryStore } from "./MemoryStore.ts"

/** Below zero when `a` is the newer one; ids, which are numbers, decide between contacts of one moment. */
const newestFirst = (a: ContactCursor, b: ContactCursor): number =>
  b.createdAt.getTime() - a.createdAt.getTime() || (BigInt(a.id) < BigInt(b.id) ? 1 : a.id === b.id ? 0 : -1)

/** `Contacts` over the shared memory. */
export const ContactsMemory: Layer.Layer<Contacts, never, MemoryStore> = Layer.effect(
  Contacts,
  Effect.map(MemoryStore, (store) => {
    const lookUp = Effect.fnUntraced(function* (workspaceId: WorkspaceId, contactId: ContactId) {
      const workspace = store.workspaces.get(workspaceId)
      const contact = workspace === undefined ? null : contactOf(workspace, contactId)
      if (workspace === undefined || contact === null) return yield* new ContactNotFound({ contactId })
      return { workspace, contact }
    })
    return Contacts.of({
      find: (workspaceId, contactId) =>
        Effect.option(Effect.map(lookUp(workspaceId, contactId), ({ contact }) => contact)),
      list: ({ after, limit, userId, workspaceId }) =>
        Effect.sync((): ReadonlyArray<Contact> =>
          Array.from(store.workspaces.get(workspaceId)?.contacts.values() ?? [])
            .filter((contact) => userId === null || contact.userId === userId)
            .filter((contact) => after === null || newestFirst(after, contact) < 0)
            .toSorted(newestFirst)
            .slice(0, limit)
        ),
      identify: Effect.fnUntraced(function* ({ contactId, merge, userId, workspaceId }) {
        const { contact, workspace } = yield* lookUp(workspaceId, contactId)
        const holder = contactOfUser(workspace, userId)
        const plan = yield* Effect.fromResult(planIdentify({ userId, merge }, contact, holder))
        return applyIdentity(workspace, contact, plan)
      }),
      merge: Effect.fnUntraced(function* ({ from, into, workspaceId }) {
        const { contact } = yield* lookUp(workspaceId, from)
        const target = yield* lookUp(workspaceId, into)
        const plan = yield* Effect.fromResult(planMerge(contact, target.contact))
        return applyIdentity(target.workspace, target.contact, plan)
      })
    })
  })
)
