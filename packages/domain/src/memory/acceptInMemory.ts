import type { Contact } from "../contact/Contact.ts"
import type { DialogSeed } from "../dialog/Dialog.ts"
import type { ContactId, DialogId, TurnId } from "../ids/brands.ts"
import * as Lane from "../lane/Lane.ts"
import { IDEMPOTENCY_HOURS, type IdempotencyKey, type IdempotencyRecord } from "../turn/idempotency.ts"
import { type OpenTurn, planBusy } from "../turn/onBusy.ts"
import type { Turn } from "../turn/Turn.ts"
import type { Acceptance, Accepted, Placement } from "../turn/Turns.ts"
import { advance } from "./advanceHead.ts"
import { contactOfUser, type StoredDialog, type StoredWorkspace } from "./MemoryStore.ts"

const slotOf = ({ key, route }: IdempotencyKey): string => JSON.stringify([route, key])

/** What a key stands for, as long as it does. */
export const replayed = (workspace: StoredWorkspace, key: IdempotencyKey, now: Date): IdempotencyRecord | null => {
  const record = workspace.idempotency.get(slotOf(key))
  const isLive = record !== undefined && now.getTime() - record.createdAt.getTime() < IDEMPOTENCY_HOURS * 3_600_000
  return isLive ? record : null
}

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
  const known = workspace.contacts.get(placement.contactId) ?? {
    id: placement.contactId,
    userId,
    details: {},
    createdAt
  }
  return { ...known, activeDialogId: dialogIdOf(placement) }
}

const PLAIN_THREAD = { webhookUrl: null, webhookToken: null, escalated: false, resolvedAt: null } as const

/** A dialog that nothing was said in yet. */
export const newDialog = (
  { agentId, channel }: Pick<Acceptance, "agentId" | "channel">,
  seed: DialogSeed,
  contact: Contact,
  createdAt: Date
): StoredDialog => ({
  dialog: {
    ...seed,
    contactId: contact.id,
    userId: contact.userId,
    agentId,
    channel,
    mode: "ai",
    handover: null,
    contextStart: 0,
    messageCount: 0,
    createdAt,
    lastActiveAt: createdAt
  },
  lane: Lane.idleLane,
  messages: [],
  turns: [],
  task: null,
  readThrough: 0,
  extras: new Map(),
  thread: PLAIN_THREAD
})

const putMessage = (stored: StoredDialog, acceptance: Acceptance, contactId: ContactId, createdAt: Date): void => {
  const sequence = stored.dialog.messageCount + 1
  const { attachments, channel, extra, messageId, query, turnId } = acceptance
  stored.messages.push({
    id: messageId,
    dialogId: stored.dialog.id,
    sequence,
    turnId,
    senderType: "contact",
    senderId: contactId,
    contentType: "text",
    content: query,
    url: "",
    attachments,
    channel,
    agentLogs: [],
    createdAt
  })
  if (extra !== undefined) stored.extras.set(messageId, extra)
  stored.dialog = { ...stored.dialog, messageCount: sequence, lastActiveAt: createdAt }
}

const newTurn = (stored: StoredDialog, acceptance: Acceptance, contactId: ContactId, createdAt: Date): Turn => ({
  id: acceptance.turnId,
  dialogId: stored.dialog.id,
  contactId,
  agentId: acceptance.agentId,
  agentVersion: acceptance.agentVersion,
  sequence: null,
  status: "queued",
  inboundMessageId: acceptance.messageId,
  query: acceptance.query,
  replies: [],
  agentLogs: [],
  error: null,
  steps: [],
  timeline: [],
  attempts: 0,
  answeredBy: null,
  createdAt,
  startedAt: null,
  finishedAt: null
})

/** Puts the turn at the end of the lane, which has been changed already; it runs at once when the lane is its caller's. */
const append = (stored: StoredDialog, acceptance: Acceptance, turn: Turn): Pick<Accepted, "lease" | "status"> => {
  const { lease: terms, workspaceId } = acceptance
  const { attempts, doneSeq, lastSeq, leaseToken } = stored.lane
  const leased = terms !== null && leaseToken === terms.token && lastSeq === doneSeq + 1
  const running = { status: "running", attempts, startedAt: turn.createdAt } as const
  stored.turns.push({ ...turn, sequence: lastSeq, ...(leased && running) })
  return leased
    ? { status: "running", lease: { workspaceId, key: stored.dialog.id, seq: lastSeq, token: terms.token } }
    : { status: "queued", lease: null }
}

/** Ends the turns, and lets the new one answer for them and for those they would have answered for. */
const supersede = (stored: StoredDialog, turnIds: ReadonlyArray<TurnId>, by: Turn): ReadonlyArray<string> => {
  const ended = new Set(turnIds)
  const answered = stored.turns.filter(
    ({ answeredBy, id }) => ended.has(id) || (answeredBy !== null && ended.has(answeredBy))
  )
  for (const turn of answered) {
    const change = { answeredBy: by.id, finishedAt: turn.finishedAt ?? by.createdAt }
    if (ended.has(turn.id)) advance(stored, turn, "superseded", change)
    else stored.turns[stored.turns.indexOf(turn)] = { ...turn, ...change }
  }
  return answered.map((turn) => turn.query)
}

const isOpen = (turn: Turn): turn is Turn & OpenTurn => turn.status === "queued" || turn.status === "running"

/** A turn that has nothing to do with any other. */
const ALONE = { answeredBy: null, earlierQueries: [], superseded: [] } as const

const putTurn = (
  stored: StoredDialog,
  acceptance: Acceptance,
  turn: Turn
): Pick<Accepted, "answeredBy" | "earlierQueries" | "lease" | "status" | "superseded"> | null => {
  const now = turn.createdAt.getTime()
  const { lease, onBusy, quietMs } = acceptance
  if (stored.dialog.mode === "human") {
    stored.turns.push({ ...turn, status: "completed", finishedAt: turn.createdAt })
    return { ...ALONE, status: "completed", lease: null }
  }
  const plan = planBusy(onBusy, stored.turns.filter(isOpen))
  switch (plan._tag) {
    case "Refuse":
      return null
    case "Join":
      stored.lane = Lane.join(stored.lane, now, quietMs)
      stored.turns.push({ ...turn, status: "coalesced", answeredBy: plan.turnId, finishedAt: turn.createdAt })
      return { ...ALONE, status: "coalesced", answeredBy: plan.turnId, lease: null }
    case "Supersede": {
      const earlierQueries = supersede(stored, plan.turnIds, turn)
      stored.lane = Lane.supersede(stored.lane, now, lease)
      return { ...append(stored, acceptance, turn), answeredBy: null, earlierQueries, superseded: plan.turnIds }
    }
    case "Append":
      stored.lane = Lane.enqueue(stored.lane, now, lease, quietMs)
      return { ...append(stored, acceptance, turn), ...ALONE }
  }
}

/** Stores contact, dialog, message, turn and key; with nothing stored, says that the placement is stale or the dialog busy. */
export const acceptInMemory = (
  workspace: StoredWorkspace,
  acceptance: Acceptance,
  now: Date
): Accepted | "stale" | "busy" => {
  const { idempotency, placement, turnId } = acceptance
  if (isStale(workspace, placement) || (idempotency && replayed(workspace, idempotency, now))) return "stale"
  const contact = contactFor(workspace, placement, now)
  const stored =
    placement._tag === "ExistingDialog"
      ? workspace.dialogs.get(placement.dialogId)
      : newDialog(acceptance, placement.dialog, contact, now)
  if (stored === undefined) return "stale"
  const placed = putTurn(stored, acceptance, newTurn(stored, acceptance, contact.id, now))
  if (placed === null) return "busy"
  const dialogId = stored.dialog.id
  workspace.contacts.set(contact.id, contact)
  workspace.dialogs.set(dialogId, stored)
  workspace.dialogOfTurn.set(turnId, stored)
  putMessage(stored, acceptance, contact.id, now)
  if (idempotency) {
    const { fingerprint } = idempotency
    workspace.idempotency.set(slotOf(idempotency), { fingerprint, turnId, dialogId, createdAt: now })
  }
  return { contactId: contact.id, dialogId, acceptedAt: now, ...placed }
}
