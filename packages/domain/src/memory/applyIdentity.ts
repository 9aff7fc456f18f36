import type { IdentityPlan } from "../contact/identity.ts"
import type { Contact } from "../contact/Contact.ts"
import type { ContactId } from "../ids/brands.ts"
import type { Memory } from "../recall/Memory.ts"
import type { StoredWorkspace } from "./MemoryStore.ts"

/** The contact that an id stands for. */
export const contactOf = (workspace: StoredWorkspace, id: ContactId): Contact | null =>
  workspace.contacts.get(workspace.aliases.get(id) ?? id) ?? null

const giveDialogs = (workspace: StoredWorkspace, from: ContactId, to: Contact): void => {
  for (const stored of workspace.dialogs.values()) {
    if (stored.dialog.contactId === from) stored.dialog = { ...stored.dialog, contactId: to.id, userId: to.userId }
  }
}

const lastActive = (workspace: StoredWorkspace, contacts: ReadonlyArray<Contact>): Contact["activeDialogId"] => {
  const dialogs = contacts.flatMap(({ activeDialogId }) =>
    activeDialogId === null ? [] : (workspace.dialogs.get(activeDialogId)?.dialog ?? [])
  )
  return dialogs.toSorted((a, b) => b.lastActiveAt.getTime() - a.lastActiveAt.getTime())[0]?.id ?? null
}

const giveMemories = ({ memories }: StoredWorkspace, from: ContactId, to: ContactId): void => {
  const own = memories.get(to) ?? []
  const given = (memories.get(from) ?? []).map((memory): Memory => Object.assign({}, memory, { contactId: to }))
  memories.set(to, [...own, ...given])
  memories.delete(from)
}

/** Carries a plan out for a contact; answers what it has become. */
export const applyIdentity = (workspace: StoredWorkspace, contact: Contact, plan: IdentityPlan): Contact => {
  switch (plan._tag) {
    case "Unchanged":
      return contact
    case "Attach": {
      const known = { ...contact, userId: plan.userId }
      workspace.contacts.set(known.id, known)
      giveDialogs(workspace, known.id, known)
      return known
    }
    case "Merge": {
      const { contacts, aliases } = workspace
      const from = contacts.get(plan.from)
      const into = contacts.get(plan.into)
      if (from === undefined || into === undefined) return contact
      const merged = {
        ...into,
        userId: plan.userId,
        activeDialogId: lastActive(workspace, [into, from]),
        details: { ...from.details, ...into.details }
      }
      contacts.delete(from.id)
      contacts.set(into.id, merged)
      for (const [alias, id] of aliases) if (id === from.id) aliases.set(alias, into.id)
      aliases.set(from.id, into.id)
      giveMemories(workspace, from.id, into.id)
      giveDialogs(workspace, from.id, merged)
      giveDialogs(workspace, into.id, merged)
      return merged
    }
  }
}
