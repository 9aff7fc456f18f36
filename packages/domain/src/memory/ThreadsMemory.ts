import { Effect, Layer, Option } from "effect"
import type { RecordedMessage } from "../chatbot/inThread.ts"
import { inThread } from "../chatbot/inThread.ts"
import {
  type Thread,
  ThreadMessageNotFound,
  ThreadNotFound,
  type ThreadSummary,
  ThreadTaken
} from "../chatbot/Thread.ts"
import { chatUserOf, detailsOf } from "../chatbot/chatUser.ts"
import type { MessageExtra } from "../chatbot/ThreadMessage.ts"
import { type NewThread, type ThreadPlace, Threads } from "../chatbot/Threads.ts"
import type { Contact } from "../contact/Contact.ts"
import type { MessageId, WorkspaceId } from "../ids/brands.ts"
import { newDialog } from "./acceptInMemory.ts"
import { currentDate } from "./currentDate.ts"
import { contactOfUser, MemoryStore, type StoredDialog, workspaceOf } from "./MemoryStore.ts"

const recorded = ({ extras, messages, turns }: StoredDialog): ReadonlyArray<RecordedMessage> =>
  messages.map((message) => {
    const turn = turns.find(({ id }) => id === message.turnId)
    return { ...message, extra: extras.get(message.id) ?? null, turnStatus: turn?.status ?? null }
  })

const toThread = ({ dialog, thread }: StoredDialog, contact: Contact | undefined): Thread => ({
  id: dialog.id,
  chatbotId: dialog.agentId,
  mode: dialog.mode === "human" ? "AGENT" : "AI",
  startedAt: dialog.createdAt,
  updatedAt: dialog.lastActiveAt,
  chatUser: contact === undefined ? null : chatUserOf(contact),
  escalated: thread.escalated,
  resolved: thread.resolvedAt === dialog.messageCount,
  webhookUrl: thread.webhookUrl
})

const summarised = (stored: StoredDialog, thread: Thread): ThreadSummary => {
  const exchanges = inThread(recorded(stored))
  const reacted = (reaction: MessageExtra["reaction"]) =>
    stored.extras
      .values()
      .filter((extra) => extra.reaction === reaction)
      .toArray().length
  return {
    ...thread,
    messages: exchanges.length,
    positive: reacted("POSITIVE"),
    negative: reacted("NEGATIVE"),
    answers: exchanges.filter(({ answer, question }) => answer !== null && question !== null).length,
    lastMessage: exchanges.at(-1) ?? null
  }
}

/** An answer is shown by its question. */
const holds = ({ messages }: StoredDialog, id: MessageId): boolean =>
  messages.some((message) => message.id === id && (message.turnId === null || message.senderType === "contact"))

/** `Threads` over the shared memory. */
export const ThreadsMemory: Layer.Layer<Threads, never, MemoryStore> = Layer.effect(
  Threads,
  Effect.map(MemoryStore, (store) => {
    const storedAt = ({ chatbotId, threadId, workspaceId }: ThreadPlace) => {
      const stored = store.workspaces.get(workspaceId)?.dialogs.get(threadId)
      return stored?.dialog.agentId === chatbotId ? stored : undefined
    }
    const threadOf = (workspaceId: WorkspaceId, stored: StoredDialog): Thread =>
      toThread(stored, workspaceOf(store, workspaceId).contacts.get(stored.dialog.contactId))
    const create = (thread: NewThread, now: Date): Thread | null => {
      const workspace = workspaceOf(store, thread.workspaceId)
      const { channel, chatbotId, contactId, dialog, mode, userId } = thread
      if (workspace.dialogs.has(dialog.id)) return null
      const known = userId === null ? null : contactOfUser(workspace, userId)
      const made = known ?? { id: contactId, userId, details: {}, createdAt: now }
      const details = { ...made.details, ...detailsOf(thread.chatUser) }
      const contact = { ...made, details, activeDialogId: dialog.id }
      workspace.contacts.set(contact.id, contact)
      const stored = newDialog({ agentId: chatbotId, channel }, dialog, contact, now)
      if (mode === "AGENT")
        stored.dialog = { ...stored.dialog, mode: "human", handover: { reason: "chat mode", at: now } }
      workspace.dialogs.set(dialog.id, stored)
      return threadOf(thread.workspaceId, stored)
    }
    return Threads.of({
      list: ({ chatbotId, workspaceId }, { limit, offset }) =>
        Effect.sync(() =>
          [...(store.workspaces.get(workspaceId)?.dialogs.values() ?? [])]
            .filter(({ dialog }) => dialog.agentId === chatbotId)
            .toSorted(
              (a, b) =>
                b.dialog.createdAt.getTime() - a.dialog.createdAt.getTime() || (a.dialog.id < b.dialog.id ? 1 : -1)
            )
            .slice(offset, offset + limit)
            .map((stored) => summarised(stored, threadOf(workspaceId, stored)))
        ),
      find: (place) =>
        Effect.sync(() =>
          Option.map(Option.fromUndefinedOr(storedAt(place)), (stored) => threadOf(place.workspaceId, stored))
        ),
      messages: (workspaceId, threadId, limit) =>
        Effect.sync(() => {
          const stored = store.workspaces.get(workspaceId)?.dialogs.get(threadId)
          return stored === undefined ? [] : inThread(recorded(stored).slice(-limit))
        }),
      ofTurn: (workspaceId, turnId) =>
        Effect.sync(() => {
          const stored = store.workspaces.get(workspaceId)?.dialogOfTurn.get(turnId)
          const said = stored === undefined ? [] : recorded(stored).filter((message) => message.turnId === turnId)
          return Option.fromUndefinedOr(inThread(said)[0])
        }),
      create: Effect.fnUntraced(function* (thread) {
        const made = create(thread, yield* currentDate)
        return made ?? (yield* new ThreadTaken({ threadId: thread.dialog.id }))
      }),
      change: Effect.fnUntraced(function* (place, { chatUser = {}, ...change }) {
        const stored = storedAt(place)
        if (stored === undefined) return yield* new ThreadNotFound({ threadId: place.threadId })
        stored.thread = { ...stored.thread, ...change }
        const { contacts } = workspaceOf(store, place.workspaceId)
        const contact = contacts.get(stored.dialog.contactId)
        if (contact !== undefined) {
          contacts.set(contact.id, { ...contact, details: { ...contact.details, ...detailsOf(chatUser) } })
        }
        return threadOf(place.workspaceId, stored)
      }),
      annotate: Effect.fnUntraced(function* ({ chatbotId, messageId, threadId, workspaceId }, extra) {
        const dialogs = store.workspaces.get(workspaceId)?.dialogs.values() ?? []
        const stored = [...dialogs].find(
          (candidate) => candidate.dialog.agentId === chatbotId && holds(candidate, messageId)
        )
        if (stored === undefined || (threadId !== null && stored.dialog.id !== threadId)) {
          return yield* new ThreadMessageNotFound({ messageId })
        }
        stored.extras.set(messageId, { ...stored.extras.get(messageId), ...extra })
      })
    })
  })
)
