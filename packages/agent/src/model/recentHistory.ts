import {
  Dialogs,
  type Message,
  type PromptMessage,
  type RunnableTurn,
  type SaidMessage,
  type TurnId,
  Turns
} from "@butler/domain"
import { Effect, Option } from "effect"
import type { ModelLimits } from "./modelLimits.ts"
import { spokenText } from "./spokenText.ts"

/** A message of a contact with what it was answered by, or a message that no turn belongs to. */
interface Exchange {
  readonly turnId: TurnId | null
  readonly messages: Array<SaidMessage>
}

const inExchanges = (messages: ReadonlyArray<SaidMessage>): ReadonlyArray<Exchange> => {
  const ofTurn = new Map<TurnId, Exchange>()
  const all: Array<Exchange> = []
  for (const message of messages) {
    const known = message.turnId === null ? undefined : ofTurn.get(message.turnId)
    if (known !== undefined) {
      known.messages.push(message)
      continue
    }
    const exchange = { turnId: message.turnId, messages: [message] }
    all.push(exchange)
    if (message.turnId !== null) ofTurn.set(message.turnId, exchange)
  }
  return all
}

const isFrom = (type: SaidMessage["senderType"]) => (message: SaidMessage) => message.senderType === type

/**
 * Without a reply of its own a query counts only if another turn answered or answers for it; a failed one does not. What this
 * turn answers for is in its own query.
 */
const isAnsweredElsewhere = Effect.fnUntraced(function* (turn: RunnableTurn, turnId: TurnId) {
  const turns = yield* Turns
  const found = yield* turns.find(turn.workspaceId, turnId)
  return Option.exists(found, ({ answeredBy }) => answeredBy !== null && answeredBy !== turn.id)
})

const belongs = (turn: RunnableTurn, asked: number) =>
  Effect.fnUntraced(function* ({ messages, turnId }: Exchange) {
    if (turnId === null) return true
    if (messages.some(isFrom("agent"))) return messages.some(isFrom("contact"))
    // A later query than this turn's is not yet to be answered, whatever becomes of it.
    if (messages.some(({ sequence }) => sequence > asked)) return false
    return yield* isAnsweredElsewhere(turn, turnId)
  })

const DONE: ReadonlySet<string> = new Set(["internalTool", "tool"])

/** Whether the log of a message tells of something that a tool did. */
const tellsOfDeed = ({ agentLogs }: Message): boolean =>
  agentLogs.some((log) => DONE.has(log.type) && !(log.type === "tool" && log.status !== "success"))

const toPrompt = (message: SaidMessage): PromptMessage => ({
  role: message.senderType === "contact" ? "user" : "assistant",
  content: spokenText(message.content, message.attachments)
})

/** How many messages a history is made from: some of them do not belong to it. */
export const messagesRead = ({ historyMessages }: ModelLimits): number => 2 * historyMessages

/** Whether a tool did something in the dialog from this message on. It reads all logs since, which are long. */
const actedSince = Effect.fnUntraced(function* (turn: RunnableTurn, limits: ModelLimits, from: number) {
  const { dialogId, workspaceId } = turn
  const latest = { workspaceId, dialogId, order: "desc", after: null, limit: messagesRead(limits) } as const
  const page = yield* (yield* Dialogs).messages(latest)
  return page.some((message) => message.sequence >= from && message.turnId !== turn.id && tellsOfDeed(message))
})

/**
 * What was said before the turn's query, as the model is told it: of the given messages, the newest first, the latest whole
 * exchanges within the limits, oldest first. A turn that failed or was cancelled is left out with its query, so that it cannot
 * poison the answers after it. Where more messages wait behind the query than the limit, the history is shorter. `hasActed` looks
 * up whether a tool did something in it.
 */
export const recentHistory = Effect.fnUntraced(function* (
  turn: RunnableTurn,
  latest: ReadonlyArray<SaidMessage>,
  limits: ModelLimits
) {
  const asked = latest.find((message) => message.turnId === turn.id)?.sequence ?? 0
  const said = latest.toReversed().filter(({ senderType, turnId }) => turnId !== turn.id && senderType !== "system")
  const exchanges = yield* Effect.filter(inExchanges(said), belongs(turn, asked), { concurrency: 8 })
  const kept: Array<ReadonlyArray<PromptMessage>> = []
  let from = asked
  let messages = 0
  let characters = 0
  for (const exchange of exchanges.toReversed()) {
    const prompt = exchange.messages.map(toPrompt)
    messages += prompt.length
    characters += prompt.reduce((sum, { content }) => sum + content.length, 0)
    if (messages > limits.historyMessages || characters > limits.historyCharacters) break
    kept.unshift(prompt)
    from = exchange.messages[0]?.sequence ?? from
  }
  const hasActed = kept.length === 0 ? Effect.succeed(false) : actedSince(turn, limits, from)
  return { messages: kept.flat(), hasActed }
})
