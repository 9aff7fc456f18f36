import type { ChatUser, ConversationEscalated, LeadCollected, MessageAdded, Said, ThreadEvent } from "@butler/domain"

/** Microseconds, as this API writes all its times. */
const timestamp = (date: Date): string => date.toISOString().replace("Z", "000Z")

const textOf = (said: Said | null): string => said?.text ?? ""

const saidAt = ({ answer, question }: MessageAdded["message"]): string | null => {
  const said = question ?? answer
  return said === null ? null : timestamp(said.at)
}

/** Question and answer are plain text here, empty where there is none; what else is not known is null. */
const messageAdded = ({ chatbotId, gptModel, message, threadId }: MessageAdded) => ({
  chatbotId,
  threadId,
  messageId: message.id,
  gptModel,
  sources: message.sources,
  question: textOf(message.question),
  answer: textOf(message.answer),
  messageType: message.messageType,
  agentId: message.agentId,
  iconUrl: message.iconUrl,
  agentName: message.agentName,
  systemMessageType: message.systemMessageType,
  prompts: message.prompts,
  createdAt: saidAt(message)
})

const visitor = (user: ChatUser | null) =>
  user === null
    ? null
    : {
        id: user.id,
        name: user.name,
        email: user.email,
        phoneNumber: user.phoneNumber,
        createdAt: timestamp(user.createdAt)
      }

const place = ({ chatbotId, chatUser, threadId }: ConversationEscalated | LeadCollected) => ({
  chatbotId,
  threadId,
  chatUser: visitor(chatUser)
})

/** The body of an event of a chatbot's own webhook, the same on every attempt. */
export const chatbotEvent = (told: ThreadEvent) => {
  switch (told.event) {
    case "ADD_MESSAGE":
      return { event: told.event, data: messageAdded(told) }
    case "CONVERSATION_ESCALATED": {
      const { at, event, reason } = told
      return { event, data: { ...place(told), escalationPrompt: reason, escalatedAt: timestamp(at) } }
    }
    case "LEAD_COLLECTED":
      return { event: told.event, data: { ...place(told), collectedAt: timestamp(told.at) } }
  }
}
