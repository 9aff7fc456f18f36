import type { SitegptData } from "@butler/contracts"
import type { ChatUser, Thread, ThreadMessage, ThreadSummary } from "@butler/domain"
import { type Shown, threadMessageResource, timestamp } from "./messageResource.ts"

const chatUser = (user: ChatUser | null, thread: Thread) =>
  user === null
    ? null
    : {
        id: user.id,
        name: user.name,
        email: user.email,
        phoneNumber: user.phoneNumber,
        emailVerified: false,
        createdAt: timestamp(user.createdAt),
        updatedAt: timestamp(thread.updatedAt)
      }

/** A chatbot whose people reply has them reply in all of its threads. */
const modeOf = ({ settings }: Shown, thread: Thread) => (settings.mode === "AGENT" ? "AGENT" : thread.mode)

/** Who read what is known to no one here, and nobody marks threads as important. */
const UNKNOWN = { important: false, totalMessagesRead: 0 }

export const threadSummaryResource = (
  chatbot: Shown,
  thread: ThreadSummary
): SitegptData<"fetchThreads">["threads"][number] => ({
  threadId: thread.id,
  mode: modeOf(chatbot, thread),
  startedAt: timestamp(thread.startedAt),
  updatedAt: timestamp(thread.updatedAt),
  endedAt: thread.resolved ? timestamp(thread.updatedAt) : null,
  chatUser: chatUser(thread.chatUser, thread),
  escalated: thread.escalated,
  resolved: thread.resolved,
  ...UNKNOWN,
  totalMessages: thread.messages,
  totalPositiveMessages: thread.positive,
  totalNegativeMessages: thread.negative,
  totalGpt4MessagesCount: chatbot.settings.gptModel === "gpt-4" ? thread.answers : 0,
  lastMessage: thread.lastMessage === null ? null : threadMessageResource(chatbot, thread.lastMessage, true)
})

export const threadResource = (
  chatbot: Shown,
  thread: Thread,
  messages: ReadonlyArray<ThreadMessage>,
  includeChatUser = true
): SitegptData<"fetchThread">["thread"] => ({
  threadId: thread.id,
  mode: modeOf(chatbot, thread),
  messages: messages.map((message, index) => threadMessageResource(chatbot, message, index === messages.length - 1)),
  startedAt: timestamp(thread.startedAt),
  updatedAt: timestamp(thread.updatedAt),
  webhookUrl: thread.webhookUrl,
  totalMessagesRead: UNKNOWN.totalMessagesRead,
  chatUserId: thread.chatUser?.id ?? null,
  chatbotId: thread.chatbotId,
  chatUser: includeChatUser ? chatUser(thread.chatUser, thread) : null
})
