import type { Contact } from "../contact/Contact.ts"
import type { Channel, DialogSeed } from "../dialog/Dialog.ts"
import type { ContactId, DialogId } from "../ids/brands.ts"
import * as Lane from "../lane/Lane.ts"
import type { Lease } from "../lane/Lane.ts"
import type { Acceptance, Accepted, Placement } from "../turn/Turns.ts"
import { contactOfUser, type StoredDialog, type StoredWorkspace } from "./MemoryStore.ts"

const isStale = (workspace: StoredWorkspace, placement: Placement): boolean => {
  switch (placement._tag) {
    case "ExistingDialog":
      return workspace.dialogs.get(placement.dialogId)?.dialog.contactId !== placement.contactId
    case "NewDialog": {
      const contact = workspace.contacts.get(placement.contactId)
      const gotOne = placement.onlyIfNone && contact !== undefined && contact.activeDialogId !== null
      return contact === undefined || gotOne || workspace.dialogs.has(placement.dialog.id)
    }
    case "NewContact":
      return (
        workspace.dialogs.has(placement.dialog.id) ||
        (placement.userId !== null && contactOfUser(workspace, placement.userId) !== null)
      )
  }
}

/** The dialog a placement names. */
export const dialogIdOf = (placement: Placement): DialogId =>
  placement._tag === "ExistingDialog" ? placement.dialogId : placement.dialog.id

const contactFor = (workspace: StoredWorkspace, placement: Placement, createdAt: Date): Contact => {
  const userId = placement._tag === "NewContact" ? placement.userId : null
  const known = workspace.contacts.get(placement.contactId) ?? { id: placement.contactId, userId, createdAt }
  return { ...known, activeDialogId: dialogIdOf(placement) }
}

const newDialog = (seed: DialogSeed, contact: Contact, channel: Channel, createdAt: Date): StoredDialog => ({
  dialog: {
    ...seed,
    contactId: contact.id,
    userId: contact.userId,
    channel,
    mode: "ai",
    messageCount: 0,
    createdAt,
    lastActiveAt: createdAt
  },
  lane: Lane.idleLane,
  messages: [],
  turns: []
})

const putMessage = (stored: StoredDialog, acceptance: Acceptance, contactId: ContactId, createdAt: Date): void => {
  const sequence = stored.dialog.messageCount + 1
  const { attachments, channel, messageId, query, turnId } = acceptance
  stored.messages.push({
    id: messageId,
    dialogId: stored.dialog.id,
    sequence,
    turnId,
    senderType: "contact",
    senderId: contactId,
    contentType: "text",
    content: query,
    attachments,
    channel,
    agentLogs: [],
    createdAt
  })
  stored.dialog = { ...stored.dialog, messageCount: sequence, lastActiveAt: createdAt }
}

const putTurn = (stored: StoredDialog, acceptance: Acceptance, contactId: ContactId, createdAt: Date): Lease | null => {
  const { lease: terms, messageId, query, turnId, workspaceId } = acceptance
  const key = stored.dialog.id
  const wasIdle = stored.lane.nextAt === Infinity
  stored.lane = Lane.enqueue(stored.lane, createdAt.getTime(), terms)
  const seq = stored.lane.lastSeq
  const lease = wasIdle && terms !== null ? { workspaceId, key, seq, token: terms.token } : null
  stored.turns.push({
    id: turnId,
    dialogId: key,
    contactId,
    sequence: seq,
    status: lease === null ? "queued" : "running",
    inboundMessageId: messageId,
    query,
    replies: [],
    agentLogs: [],
    error: null,
    steps: [],
    attempts: lease === null ? 0 : stored.lane.attempts,
    answeredBy: null,
    createdAt,
    startedAt: lease === null ? null : createdAt,
    finishedAt: null
  })
  return lease
}

/** Stores contact, dialog, message and turn; null, with nothing stored, when the placement is stale. */
export const acceptInMemory = (workspace: StoredWorkspace, acceptance: Acceptance, now: Date): Accepted | null => {
  const { channel, placement, turnId } = acceptance
  if (isStale(workspace, placement)) return null
  const contact = contactFor(workspace, placement, now)
  const stored =
    placement._tag === "ExistingDialog"
      ? workspace.dialogs.get(placement.dialogId)
      : newDialog(placement.dialog, contact, channel, now)
  if (stored === undefined) return null
  workspace.contacts.set(contact.id, contact)
  workspace.dialogs.set(stored.dialog.id, stored)
  workspace.dialogOfTurn.set(turnId, stored)
  putMessage(stored, acceptance, contact.id, now)
  const lease = putTurn(stored, acceptance, contact.id, now)
  return { contactId: contact.id, dialogId: stored.dialog.id, lease }
}
