import { randomUUID } from "node:crypto"
import { type SubmittedTurn, submitTurn, type Suggested, Suggestions, type TurnState } from "@butler/agent"
import type { NewSitegptMessage } from "@butler/contracts"
import {
  type Chatbot,
  DialogId,
  exchangeOf,
  inThread,
  type Message,
  type MessageExtra,
  type ThreadMessage,
  ThreadNotFound,
  Threads,
  type TurnCommand
} from "@butler/domain"
import { Effect, Option } from "effect"
import { AppConfig } from "../config.ts"
import { speak } from "../dialog/speak.ts"
import { awaitAnswer } from "../turn/completeTurn.ts"
import { found } from "../v1/found.ts"
import type { ChatbotPlace } from "./changeChatbot.ts"
import { findChatbot } from "./findChatbot.ts"
import { sentMessageResource } from "./messageResource.ts"

/** How long a visitor is kept waiting for the answer. */
const WAIT_MS = 60_000

const CHANNEL = { type: "SITEGPT" }

const DEFAULT_SMART_PROMPTS = 3

const extraOf = ({ agentName, iconUrl, prompts }: NewSitegptMessage): MessageExtra => ({
  ...(iconUrl !== undefined && { iconUrl }),
  ...(agentName !== undefined && { agentName }),
  ...(prompts !== undefined && {
    prompts: prompts.map(({ link = null, ...prompt }) => ({ id: randomUUID(), ...prompt, link }))
  })
})

const command = (
  { chatbotId, workspaceId }: ChatbotPlace,
  message: NewSitegptMessage,
  leaseMs: number
): TurnCommand => ({
  workspaceId,
  userId: null,
  dialogId: message.threadId ?? DialogId.make(randomUUID()),
  ifMissing: "create",
  agentId: chatbotId,
  dialogsOf: chatbotId,
  query: message.message.trim(),
  attachments: [],
  extra: extraOf(message),
  channel: CHANNEL,
  sendWebhook: null,
  onBusy: "enqueue",
  quietMs: 0,
  idempotency: null,
  leaseMs
})

/** None where nobody wants them; a model may be asked for them. */
const smartPrompts = ({ settings }: Chatbot, suggested: Suggested) =>
  settings.disableSmartFollowUpPrompts === true
    ? Effect.succeed([])
    : Suggestions.use(({ suggest }) => suggest(suggested, settings.smartFollowUpPromptsCount ?? DEFAULT_SMART_PROMPTS))

const sent = (chatbot: Chatbot, message: ThreadMessage, prompts: ReadonlyArray<string> = []) => ({
  message: sentMessageResource(chatbot, message, prompts),
  threadId: message.threadId
})

/** Built of what is known here where the turn has ended here, read back where it has not. */
const exchange = ({ extra = {}, query, workspaceId }: TurnCommand, { asked }: SubmittedTurn, state: TurnState) => {
  const { repliedAt } = state
  const known = asked !== null && repliedAt !== undefined && exchangeOf({ ...state, query, extra, asked, repliedAt })
  return known
    ? Effect.succeed(known)
    : Threads.use((threads) => threads.ofTurn(workspaceId, state.id)).pipe(Effect.map(Option.getOrThrow))
}

/** A visitor's message is a turn; an answer comes with the next steps that the chatbot offers. */
export const sendAsVisitor = Effect.fn("sendAsVisitor")(function* (place: ChatbotPlace, message: NewSitegptMessage) {
  const { leaseMs } = yield* AppConfig
  const { workspaceId } = place
  const asking = command(place, message, leaseMs)
  const submitted = yield* submitTurn(asking)
  const chatbot = submitted.chatbot ?? (yield* findChatbot(place))
  const state = yield* awaitAnswer(workspaceId, submitted, WAIT_MS)
  const said = yield* exchange(asking, submitted, state)
  if (said.answer === null) return sent(chatbot, said)
  const prompts = yield* smartPrompts(chatbot, { workspaceId, query: message.message, state })
  return sent(chatbot, said, prompts)
})

const recorded = (message: Message, extra: MessageExtra) => ({ ...message, extra, turnStatus: null })

/** A person's message is said in the thread; who replies there stays the same. */
export const sendAsPerson = Effect.fn("sendAsPerson")(function* (place: ChatbotPlace, message: NewSitegptMessage) {
  const chatbot = yield* findChatbot(place)
  const threadId = message.threadId ?? DialogId.make(randomUUID())
  const missing = () => new ThreadNotFound({ threadId })
  yield* Threads.use((threads) => threads.find({ ...place, threadId })).pipe(found(missing))
  const extra = extraOf(message)
  const content = { contentType: "text", content: message.message.trim(), url: "", extra } as const
  const sender = { type: "person", id: null } as const
  const posted = yield* speak({ workspaceId: place.workspaceId, dialogId: threadId, sender, ...content }).pipe(
    Effect.mapError(missing)
  )
  const [said] = inThread([recorded(posted, extra)])
  return said === undefined ? yield* missing() : sent(chatbot, said)
})
