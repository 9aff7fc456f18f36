import { Dialogs, type Message, type PromptMessage, type RunnableTurn, type TurnId, Turns } from "@butler/domain"
import { Effect, Option } from "effect"
import type { ModelLimits } from "./modelLimits.ts"
import { spokenText } from "./spokenText.ts"

/** A message of a contact with what it was answered by, or a message that no turn belongs to. */
interface Exchange {
  readonly turnId: TurnId | null
  readonly messages: Array<Message>
}

const inExchanges = (messages: ReadonlyArray<Message>): ReadonlyArray<Exchange> => {
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

const isFrom = (type: Message["senderType"]) => (message: Message) => message.senderType === type

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

const toPrompt = (message: Message): PromptMessage => ({
  role: message.senderType === "contact" ? "user" : "assistant",
  content: spokenText(message.content, message.attachments)
})

/**
 * What was said before the turn's query, as the model is told it: the latest whole exchanges within the limits, oldest
 * first. A turn that failed or was cancelled is left out with its query, so that it cannot poison the answers after it.
 * Where more messages wait behind the query than the limit, the history is shorter. It begins where people gave the
 * dialog back. `hasActed` tells whether a tool did something in it.
 */
export const recentHistory = Effect.fn("Model.history")(function* (turn: RunnableTurn, limits: ModelLimits) {
  const dialogs = yield* Dialogs
  const { dialogId, workspaceId } = turn
  const latest = { workspaceId, dialogId, order: "desc", after: null, limit: 2 * limits.historyMessages } as const
  const [dialog, page] = yield* Effect.all([dialogs.find(workspaceId, dialogId), dialogs.messages(latest)], {
    concurrency: 2
  })
  const start = Option.match(dialog, { onNone: () => 0, onSome: ({ contextStart }) => contextStart })
  const asked = page.find((message) => message.turnId === turn.id)?.sequence ?? 0
  const said = page
    .toReversed()
    .filter((message) => message.sequence > start && message.turnId !== turn.id && message.senderType !== "system")
  const exchanges = yield* Effect.filter(inExchanges(said), belongs(turn, asked), { concurrency: 8 })
  const kept: Array<ReadonlyArray<PromptMessage>> = []
  let hasActed = false
  let messages = 0
  let characters = 0
  for (const exchange of exchanges.toReversed()) {
    const prompt = exchange.messages.map(toPrompt)
    messages += prompt.length
    characters += prompt.reduce((sum, { content }) => sum + content.length, 0)
    if (messages > limits.historyMessages || characters > limits.historyCharacters) break
    kept.unshift(prompt)
    hasActed ||= exchange.messages.some(tellsOfDeed)
  }
  return { messages: kept.flat(), hasActed }
})
