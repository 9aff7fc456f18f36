import type { Cuid } from "../ids/brands.ts"
import type { TurnEffect } from "../turn/TurnEffect.ts"
import type { RunnableTurn } from "../turn/Turns.ts"
import { contactOf } from "./applyIdentity.ts"
import { giveToPeople } from "./giveToPeople.ts"
import { recordUnanswered } from "./recordUnanswered.ts"
import { rememberInMemory } from "./rememberInMemory.ts"
import type { StoredDialog, StoredWorkspace } from "./MemoryStore.ts"

/** What is at hand where a turn ends. */
export interface EndingPlace {
  readonly workspace: StoredWorkspace
  readonly stored: StoredDialog
  readonly turn: RunnableTurn
  /** For a conversation that begins. */
  readonly cuid: Cuid
  readonly now: Date
}

/** Changes what the turn changes beside its replies. */
export const applyEffect = ({ cuid, now, stored, turn, workspace }: EndingPlace, effect: TurnEffect): void => {
  const { dialogId, workspaceId } = turn
  switch (effect._tag) {
    case "HandOver":
      giveToPeople(stored, { workspaceId, dialogId, reason: effect.reason, closing: null, escalates: true }, now)
      return
    case "Resolve":
      stored.dialog = { ...stored.dialog, conversationId: cuid }
      stored.thread = { ...stored.thread, resolvedAt: stored.dialog.messageCount }
      return
    case "ContactDetails": {
      const contact = contactOf(workspace, turn.contactId)
      if (contact === null) return
      const details = { ...contact.details, ...effect.details }
      workspace.contacts.set(contact.id, { ...contact, details })
      return
    }
    case "TaskProgress":
      stored.task = effect.progress
      return
    case "Remember": {
      const { inboundMessageId = null } = stored.turns.find(({ id }) => id === turn.id) ?? {}
      const facts = effect.facts.map((fact) => ({ ...fact, sourceMessageId: inboundMessageId }))
      rememberInMemory(workspace, stored.dialog.contactId, facts, now)
      return
    }
    case "Unanswered":
      recordUnanswered(workspace, turn, effect, now)
      return
  }
}
