import {
  type AgentTool,
  AgentTools,
  type ModelFailed,
  type RecalledMemory,
  type SaidMessage,
  type ScoredChunk,
  type TurnEffect,
  TurnProgress
} from "@butler/domain"
import { Effect } from "effect"
import { budgetSpent, handedOver, noAnswer } from "../answer/phrases.ts"
import { hitLog, searchedLog } from "../pipeline/knowledgeLogs.ts"
import { searchForTurn } from "../pipeline/searchForTurn.ts"
import type { Spoken } from "../pipeline/Spoken.ts"
import type { TurnWork } from "../pipeline/TurnWork.ts"
import type { Taken } from "../task/Taken.ts"
import { taskTool } from "../task/taskTool.ts"
import { type BudgetSpent, openBudget } from "./Budget.ts"
import { buildPrompt } from "./buildPrompt.ts"
import type { ChosenModel } from "./chooseModel.ts"
import { claimWordsFor } from "./claims.ts"
import { openKept } from "./Kept.ts"
import type { ModelLimits } from "./modelLimits.ts"
import { recentHistory } from "./recentHistory.ts"
import { sayHonestly, sayInstead } from "./sayHonestly.ts"
import { makeSpeech, type Speech } from "./Speech.ts"
import { spokenText } from "./spokenText.ts"
import { makeToolCalls, type ToolCalls } from "./ToolCalls.ts"
import { makeToolLoop } from "./toolLoop.ts"

/** The limits as the agent's settings narrow or widen them. */
export const limitsFor = ({ turn }: TurnWork, limits: ModelLimits): ModelLimits => {
  const { historyMessages = limits.historyMessages, passages = limits.passages } = turn.agent.settings ?? {}
  return { ...limits, historyMessages, passages }
}

/** The best passages that fit together; the first one always does. */
const fitting = (chunks: ReadonlyArray<ScoredChunk>, limits: ModelLimits): ReadonlyArray<ScoredChunk> => {
  let left = limits.passageCharacters
  return chunks.slice(0, limits.passages).filter(({ content, pair }, index) => {
    left -= pair === null ? content.length : pair.question.length + pair.answer.length
    return index === 0 || left >= 0
  })
}

/** All that has to be read before the model is asked, at once. */
const gather = (work: TurnWork, limits: ModelLimits, before: ReadonlyArray<SaidMessage>) =>
  Effect.all(
    {
      matches: searchForTurn(work, limits.passages),
      history: work.journal.timed("history", recentHistory(work.turn, before, limits)),
      tools: Effect.flatMap(AgentTools, ({ open }) => open(work.turn)),
      kept: openKept(work.turn),
      budget: openBudget(work.turn, work.journal)
    },
    { concurrency: "unbounded" }
  )

const SPENT: Readonly<Record<BudgetSpent["of"], string>> = {
  turn: "the turn",
  contact: "the contact for today",
  workspace: "the workspace for this month"
}

/** What is said where a budget is spent: never nothing. */
const sayBudgetSpent = Effect.fnUntraced(function* (
  { journal, language, turn }: TurnWork,
  speech: Speech,
  spent: BudgetSpent
) {
  const message = `the model budget of ${SPENT[spent.of]} is spent`
  yield* Effect.logWarning(message)
  yield* journal.log({ type: "systemTask", name: "budget", message })
  yield* sayInstead(speech, turn.agent.settings?.budgetReply ?? budgetSpent(language.code))
})

const handsOver = ({ _tag }: TurnEffect): boolean => _tag === "HandOver"

/** What follows where no answer came about: what the agent's settings say, else the turn fails. */
const afterFailure = Effect.fnUntraced(function* (
  { journal, language, turn }: TurnWork,
  speech: Speech,
  calls: ToolCalls,
  failure: ModelFailed
) {
  if (calls.effects().some(handsOver)) {
    yield* sayInstead(speech, handedOver(language.code))
    return []
  }
  const { fallbackReply, onFailure } = turn.agent.settings ?? {}
  if (fallbackReply === undefined && onFailure === undefined) return yield* failure
  const reason = "the model gave no answer"
  const gives = onFailure === "hand_over"
  yield* journal.log({ type: "systemTask", name: gives ? "hand_over" : "fallback", message: reason })
  yield* sayInstead(speech, fallbackReply ?? (gives ? handedOver : noAnswer)(language.code))
  return gives ? [{ _tag: "HandOver", reason } satisfies TurnEffect] : []
})

/** What the model is told beside what it reads for itself. */
export interface ModelKnows {
  /** What the contact has told of itself, in this dialog or before. */
  readonly details: Readonly<Record<string, string>>
  readonly memories: ReadonlyArray<RecalledMemory>
  /** The latest messages, newest first. */
  readonly before: ReadonlyArray<SaidMessage>
  readonly taken: Taken
}

/** The tools that a task leaves; Butler's own are always there. */
const allowed = (tools: ReadonlyArray<AgentTool>, { task }: Taken): ReadonlyArray<AgentTool> =>
  tools.filter(({ kind, name }) => kind === "internal" || task?.tools?.includes(name) !== false)

/** In no task, the model may begin one. */
const offered = (work: TurnWork, tools: ReadonlyArray<AgentTool>, taken: Taken): ReadonlyArray<AgentTool> => {
  const { tasks = [] } = work.turn.agent.settings ?? {}
  const mayBegin = taken.task === null && taken.behind === null && tasks.length > 0
  return mayBegin ? [...tools, taskTool(work, tasks)] : allowed(tools, taken)
}

/** Answers a turn with a model that is told what the knowledge says, what was said before, and what it can do. */
export const answerWithModel = Effect.fn("Model.answer")(function* (
  work: TurnWork,
  models: ReadonlyArray<ChosenModel>,
  defaults: ModelLimits,
  { before, details, memories, taken }: ModelKnows
) {
  const { journal, language, turn } = work
  const limits = limitsFor(work, defaults)
  const { budget, history, kept, matches, tools: all } = yield* gather(work, limits, before)
  const tools = offered(work, all, taken)
  const passages = fitting(matches.chunks, limits)
  yield* journal.log(searchedLog(matches))

  const calls = makeToolCalls({ tools, kept, journal, limits })
  let hasActed = false
  const lookBack = Effect.map(history.hasActed, (acted) => {
    hasActed = acted
  })
  const speech = makeSpeech({
    progress: yield* TurnProgress,
    cites: passages.length > 0,
    claimWords: claimWordsFor(language.code),
    mayClaim: (corrected) => calls.haveActed() || (corrected && hasActed)
  })
  const query = spokenText(turn.query, turn.attachments)
  const prompt = buildPrompt({
    agent: turn.agent,
    language,
    contact: memories.map(({ text }) => ({ fact: text })),
    details,
    task:
      taken.task === null
        ? null
        : { name: taken.task.name, instructions: taken.task.instructions ?? "", details: taken.details },
    passages,
    hasTools: tools.length > 0,
    history: history.messages,
    query
  })
  const loop = makeToolLoop({ limits, journal, speech, models, prompt, tools, calls, kept, budget })
  const extra = yield* sayHonestly(work, speech, loop, lookBack).pipe(
    Effect.as<ReadonlyArray<TurnEffect>>([]),
    Effect.catchTags({
      BudgetSpent: (spent) => Effect.as(sayBudgetSpent(work, speech, spent), []),
      ModelFailed: (failure) => afterFailure(work, speech, calls, failure)
    })
  )
  const cited = passages.filter((_, index) => speech.cited().has(index + 1))
  if (cited.length > 0) yield* journal.log(hitLog(work, cited))
  const unanswered: TurnEffect = { _tag: "Unanswered", question: turn.query, language: language.code }
  const effects = [...calls.effects(), ...extra, ...(speech.admits() ? [unanswered] : [])]
  return { text: speech.text(), effects } satisfies Spoken
}, Effect.scoped)
