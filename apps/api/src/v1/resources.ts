import type {
  ApiKeyResource,
  ContactResource,
  DialogResource,
  DocumentResource,
  DocumentSummaryResource,
  MemoryResource,
  MessageResource,
  TurnResource,
  WorkspaceResource
} from "@butler/contracts"
import type {
  ApiKey,
  Contact,
  Dialog,
  Document,
  DocumentSummary,
  Memory,
  Message,
  Turn,
  Workspace
} from "@butler/domain"
import { replyMessage } from "../butler/completionBody.ts"

const iso = (date: Date): string => date.toISOString()
const isoOrNull = (date: Date | null): string | null => (date === null ? null : date.toISOString())
const between = (from: Date | null, to: Date | null): number | null =>
  from === null || to === null ? null : to.getTime() - from.getTime()

export const contactResource = ({ activeDialogId, createdAt, details, id, userId }: Contact): ContactResource => ({
  id,
  userId,
  activeDialogId,
  details,
  createdAt: iso(createdAt)
})

export const memoryResource = ({ createdAt, id, sourceMessageId, text, updatedAt }: Memory): MemoryResource => ({
  id,
  text,
  sourceMessageId,
  createdAt: iso(createdAt),
  updatedAt: iso(updatedAt)
})

export const dialogResource = (dialog: Dialog): DialogResource => ({
  id: dialog.id,
  contactId: dialog.contactId,
  userId: dialog.userId,
  agentId: dialog.agentId,
  channel: dialog.channel,
  mode: dialog.mode,
  handover: dialog.handover === null ? null : { reason: dialog.handover.reason, at: iso(dialog.handover.at) },
  sessionId: dialog.sessionId,
  conversationId: dialog.conversationId,
  messageCount: dialog.messageCount,
  createdAt: iso(dialog.createdAt),
  lastActiveAt: iso(dialog.lastActiveAt)
})

export const messageResource = (message: Message): MessageResource => ({
  id: message.id,
  dialogId: message.dialogId,
  sequence: message.sequence,
  turnId: message.turnId,
  sender: { type: message.senderType, id: message.senderId },
  contentType: message.contentType,
  content: message.content,
  url: message.url,
  attachments: message.attachments,
  channel: message.channel,
  agentLogs: message.agentLogs,
  createdAt: iso(message.createdAt)
})

const agentOf = ({ agentId: id, agentVersion }: Turn): TurnResource["agent"] => {
  const draft = agentVersion !== null && agentVersion < 0
  return { id, version: draft ? null : agentVersion, draft }
}

export const turnResource = (turn: Turn): TurnResource => ({
  id: turn.id,
  dialogId: turn.dialogId,
  contactId: turn.contactId,
  agent: agentOf(turn),
  sequence: turn.sequence,
  status: turn.status,
  query: turn.query,
  messages: turn.replies.map(replyMessage),
  agentLogs: turn.agentLogs,
  error: turn.error,
  steps: turn.steps.map((step) => ({ ...step, startedAt: new Date(step.startedAt).toISOString() })),
  timings: {
    queuedMs: between(turn.createdAt, turn.startedAt),
    runMs: between(turn.startedAt, turn.finishedAt),
    totalMs: between(turn.createdAt, turn.finishedAt)
  },
  attempts: turn.attempts,
  answeredBy: turn.answeredBy,
  createdAt: iso(turn.createdAt),
  startedAt: isoOrNull(turn.startedAt),
  finishedAt: isoOrNull(turn.finishedAt)
})

export const apiKeyResource = (key: ApiKey): ApiKeyResource => ({
  id: key.id,
  name: key.name,
  scopes: key.scopes,
  agentId: key.agentId,
  ratePerMinute: key.ratePerMinute,
  callbackHosts: key.callbackHosts,
  createdAt: iso(key.createdAt),
  expiresAt: isoOrNull(key.expiresAt),
  revokedAt: isoOrNull(key.revokedAt)
})

export const workspaceResource = ({
  createdAt,
  defaultAgentId,
  id,
  modelBudget,
  name
}: Workspace): WorkspaceResource => ({
  id,
  name,
  defaultAgentId,
  modelBudget,
  createdAt: iso(createdAt)
})

export const documentSummaryResource = (document: DocumentSummary): DocumentSummaryResource => ({
  id: document.id,
  knowledgeBaseId: document.knowledgeBaseId,
  name: document.name,
  url: document.url,
  sourceId: document.sourceId,
  kind: document.kind,
  lang: document.lang,
  chunkCount: document.chunkCount,
  createdAt: iso(document.createdAt)
})

export const documentResource = (document: Document): DocumentResource => ({
  ...documentSummaryResource(document),
  ...(document.content.kind === "text" ? { text: document.content.text } : { pairs: document.content.pairs })
})
