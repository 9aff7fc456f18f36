import {
  type Answer,
  AnswerFailed,
  EndpointCalls,
  MOST_MEMORIES,
  type RunnableTurn,
  TextAnalyzer,
  type TurnBackground,
  TurnBackgrounds,
  type TurnEffect,
  TurnProgress,
  type TurnStep
} from "@butler/domain"
import { Effect } from "effect"
import { answerFromKnowledge } from "../answer/answerFromKnowledge.ts"
import { confirmTask } from "../answer/confirmTask.ts"
import { answerWithModel, limitsFor } from "../model/answerWithModel.ts"
import type { ChosenModel } from "../model/chooseModel.ts"
import { chooseModels } from "../model/chooseModel.ts"
import type { OperatorModel } from "../model/modelConfig.ts"
import type { ModelLimits } from "../model/modelLimits.ts"
import { messagesRead } from "../model/recentHistory.ts"
import type { Distiller } from "../recall/Distiller.ts"
import { recall } from "../recall/recall.ts"
import type { Taken } from "../task/Taken.ts"
import type { TaskIndexes } from "../task/TaskIndexes.ts"
import { takeTask } from "../task/takeTask.ts"
import { spokenLanguage } from "../text/spokenLanguage.ts"
import { tellsLanguage } from "../text/tellsLanguage.ts"
import { makeJournal } from "./Journal.ts"
import type { Spoken } from "./Spoken.ts"
import type { TurnWork } from "./TurnWork.ts"

export interface AnswerTurnOptions {
  /** Answers for agents that have no model of their own. */
  readonly operator: OperatorModel | null
  readonly limits: ModelLimits
  readonly taskIndexes: TaskIndexes
  readonly distiller: Distiller
}

const begin = Effect.fnUntraced(function* (turn: RunnableTurn) {
  const { detectLanguage } = yield* TextAnalyzer
  const journal = yield* makeJournal
  const written = detectLanguage(turn.query)
  const language = tellsLanguage(turn.query, written) ? written : { ...(yield* spokenLanguage(turn)), certain: false }
  const { certain, name } = language
  yield* journal.log({ type: "language", message: name, status: certain ? "certain" : "uncertain" })
  return { turn, language, written, journal } satisfies TurnWork
})

/** Who has handed over or settled a matter is in no task any more. */
const endsTasks = ({ _tag }: TurnEffect): boolean => _tag === "HandOver" || _tag === "Resolve"

/** A dialog is handed over once, and last: it closes behind the turn. */
const inOrder = (effects: ReadonlyArray<TurnEffect>, hasTasks: boolean): ReadonlyArray<TurnEffect> => {
  const handOver = effects.find(({ _tag }) => _tag === "HandOver")
  const others = effects.filter(({ _tag }) => _tag !== "HandOver")
  const noTask: ReadonlyArray<TurnEffect> =
    hasTasks && effects.some(endsTasks) ? [{ _tag: "TaskProgress", progress: null }] : []
  return [...others, ...noTask, ...(handOver === undefined ? [] : [handOver])]
}

/** What the task has to say itself, if anything: a question for a detail or, without a model, that all were noted. */
const ofTask = Effect.fnUntraced(function* (
  work: TurnWork,
  { completed, details, language, say, task }: Taken,
  hasModel: boolean
) {
  if (say !== null || hasModel || !completed || task === null) return say
  return yield* confirmTask({ ...work, language: language ?? work.language }, task, details)
})

const NOTHING_KNOWN: TurnBackground = { said: [], memories: [], details: {} }

/** What a model is told of the past, or tasks without one. */
const recalled = Effect.fnUntraced(function* (work: TurnWork, messages: number) {
  const { contactId, dialogId, workspaceId } = work.turn
  const { find } = yield* TurnBackgrounds
  return yield* recall(work, find({ workspaceId, dialogId, contactId, messages, memories: MOST_MEMORIES }))
})

const answer = Effect.fnUntraced(function* (
  work: TurnWork,
  models: ReadonlyArray<ChosenModel>,
  { limits, taskIndexes }: AnswerTurnOptions
) {
  const { delta } = yield* TurnProgress
  const hasModel = models.length > 0
  const hasTasks = work.turn.agent.settings?.tasks !== undefined
  const messages = hasModel ? messagesRead(limitsFor(work, limits)) : 0
  const { details, memories, said: before } = hasModel || hasTasks ? yield* recalled(work, messages) : NOTHING_KNOWN
  const taken = yield* takeTask(work, { indexes: taskIndexes, hasModel })
  const said = yield* ofTask(work, taken, hasModel)
  if (said !== null) {
    yield* delta(said)
    return { text: said, effects: taken.effects } satisfies Spoken
  }
  const spoken = hasModel
    ? yield* answerWithModel(work, models, limits, { details, memories, before, taken })
    : yield* answerFromKnowledge(work)
  const behind = taken.behind === null ? "" : `\n\n${taken.behind}`
  if (behind !== "") yield* delta(behind)
  return { text: spoken.text + behind, effects: [...taken.effects, ...spoken.effects] } satisfies Spoken
})

/** Answers a turn: language, memories, task, knowledge, then the agent's model with its tools or, without one, the knowledge's own words. */
export const answerTurn = Effect.fn("answerTurn")(
  function* (turn: RunnableTurn, options: AnswerTurnOptions) {
    const work = yield* begin(turn)
    const models = chooseModels(turn.agent, options.operator)
    const { add, agentLogs, steps } = work.journal
    const tell = (step: TurnStep) => Effect.sync(() => add([step]))
    const { effects, text } = yield* Effect.catchTag(
      answer(work, models, options).pipe(Effect.provideService(EndpointCalls, tell)),
      "ModelFailed",
      ({ detail, type }) => new AnswerFailed({ turnId: turn.id, type, detail, agentLogs, steps })
    )
    const whole: Answer = {
      parts: [{ contentType: "text", content: text, url: "" }],
      agentLogs,
      steps,
      effects: inOrder(effects, turn.agent.settings?.tasks !== undefined)
    }
    if (models.length > 0) yield* options.distiller.later(turn, models)
    return whole
  },
  (effect, turn) => Effect.annotateLogs(effect, { turnId: turn.id })
)
