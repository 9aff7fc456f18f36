import { type Answer, AnswerFailed, type RunnableTurn, TextAnalyzer, type TurnEffect } from "@butler/domain"
import { Effect } from "effect"
import { answerFromKnowledge } from "../answer/answerFromKnowledge.ts"
import { answerWithModel } from "../model/answerWithModel.ts"
import { chooseModels } from "../model/chooseModel.ts"
import type { OperatorModel } from "../model/modelConfig.ts"
import type { ModelLimits } from "../model/modelLimits.ts"
import { makeJournal } from "./Journal.ts"
import type { TurnWork } from "./TurnWork.ts"

export interface AnswerTurnOptions {
  /** Answers for agents that have no model of their own. */
  readonly operator: OperatorModel | null
  readonly limits: ModelLimits
}

const begin = Effect.fnUntraced(function* (turn: RunnableTurn) {
  const { detectLanguage } = yield* TextAnalyzer
  const journal = yield* makeJournal
  const language = detectLanguage(turn.query)
  const { certain, name } = language
  yield* journal.log({ type: "language", message: name, status: certain ? "certain" : "uncertain" })
  return { turn, language, journal } satisfies TurnWork
})

/** A dialog is handed over once, and last: it closes behind the turn. */
const inOrder = (effects: ReadonlyArray<TurnEffect>): ReadonlyArray<TurnEffect> => {
  const handOver = effects.find(({ _tag }) => _tag === "HandOver")
  const others = effects.filter(({ _tag }) => _tag !== "HandOver")
  return handOver === undefined ? others : [...others, handOver]
}

/** Answers a turn: language, memories, task, knowledge, then the agent's model with its tools or, without one, the knowledge's own words. */
export const answerTurn = Effect.fn("answerTurn")(
  function* (turn: RunnableTurn, options: AnswerTurnOptions) {
    const work = yield* begin(turn)
    const models = chooseModels(turn.agent, options.operator)
    const answered = models.length === 0 ? answerFromKnowledge(work) : answerWithModel(work, models, options.limits)
    const { agentLogs, steps } = work.journal
    const { effects, text } = yield* Effect.catchTag(
      answered,
      "ModelFailed",
      ({ detail, type }) => new AnswerFailed({ turnId: turn.id, type, detail, agentLogs, steps })
    )
    const answer: Answer = {
      parts: [{ contentType: "text", content: text, url: "" }],
      agentLogs,
      steps,
      effects: inOrder(effects)
    }
    return answer
  },
  (effect, turn) => Effect.annotateLogs(effect, { turnId: turn.id })
)
