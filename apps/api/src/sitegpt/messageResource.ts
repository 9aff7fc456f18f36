import type { SentMessageResource, ThreadMessageResource } from "@butler/contracts"
import { type Chatbot, DEFAULT_GPT_MODEL, type Said, type ThreadMessage } from "@butler/domain"

/** Microseconds, as the vendor writes it. */
export const timestamp = (date: Date): string => date.toISOString().replace("Z", "000Z")

const said = (side: Said | null) => (side === null ? null : { text: side.text, timestamp: timestamp(side.at) })

/** What of a chatbot its messages are shown with. */
export type Shown = Pick<Chatbot, "followUpPrompts" | "id" | "settings">

/** Behind the agent's answer, as long as nothing was said since, stand the next steps that the chatbot offers. */
const offered = ({ followUpPrompts }: Shown, { answer, messageType, prompts }: ThreadMessage) =>
  messageType === "NORMAL_MESSAGE" && answer !== null ? followUpPrompts : prompts

const shared = ({ id, settings }: Shown, message: ThreadMessage) => ({
  question: said(message.question),
  answer: said(message.answer),
  sources: settings.hideSources === true ? [] : message.sources,
  gptModel: settings.gptModel ?? DEFAULT_GPT_MODEL,
  reaction: message.reaction,
  threadId: message.threadId,
  messageType: message.messageType,
  iconUrl: message.iconUrl,
  agentName: message.agentName,
  prompts: message.prompts,
  chatbotId: id
})

export const sentMessageResource = (
  chatbot: Shown,
  message: ThreadMessage,
  smartPrompts: ReadonlyArray<string>
): SentMessageResource => ({
  id: message.id,
  ...shared(chatbot, message),
  prompts: offered(chatbot, message),
  smartPrompts
})

export const threadMessageResource = (
  chatbot: Shown,
  message: ThreadMessage,
  isLast: boolean
): ThreadMessageResource => ({
  messageId: message.id,
  ...shared(chatbot, message),
  ...(isLast && { prompts: offered(chatbot, message) }),
  systemMessageType: message.systemMessageType
})
