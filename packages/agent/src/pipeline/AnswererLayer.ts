import {
  AgentTools,
  Answerer,
  Dialogs,
  Ids,
  Knowledge,
  LanguageModel,
  Memories,
  ModelUses,
  TaskProgresses,
  TextAnalyzer,
  TurnBackgrounds,
  TurnCheckpoints,
  Turns
} from "@butler/domain"
import { Context, Effect, Layer } from "effect"
import { LanguageModelLazy } from "../model/LanguageModelLazy.ts"
import type { LanguageModelOptions } from "../model/LanguageModelOptions.ts"
import type { OperatorModel } from "../model/modelConfig.ts"
import { defaultModelLimits, type ModelLimits } from "../model/modelLimits.ts"
import { makeDistiller } from "../recall/Distiller.ts"
import { makeTaskIndexes } from "../task/TaskIndexes.ts"
import { answerTurn } from "./answerTurn.ts"

/** What an answer is made from. */
export type AnswererNeeds =
  | AgentTools
  | Dialogs
  | Ids
  | Knowledge
  | Memories
  | ModelUses
  | TaskProgresses
  | TextAnalyzer
  | TurnBackgrounds
  | TurnCheckpoints
  | Turns

export interface AnswererOptions {
  /** Answers for agents that have no model of their own; null: the knowledge alone does. */
  readonly operator: OperatorModel | null
  readonly limits?: Partial<ModelLimits>
  /** How long a dialog with a model is quiet before it is read for facts about the contact. */
  readonly rememberAfterMs?: number
}

const REMEMBER_AFTER_MS = 15_000

/** Answers with the agent's model, or the operator's; without either from the knowledge alone. */
export const AnswererLayerNoDeps = ({
  limits: given,
  operator,
  rememberAfterMs = REMEMBER_AFTER_MS
}: AnswererOptions): Layer.Layer<Answerer, never, AnswererNeeds | LanguageModel> =>
  Layer.effect(
    Answerer,
    Effect.gen(function* () {
      const all = yield* Effect.context<AnswererNeeds | LanguageModel>()
      const needs = Context.pick(
        AgentTools,
        Dialogs,
        Ids,
        Knowledge,
        LanguageModel,
        Memories,
        ModelUses,
        TaskProgresses,
        TextAnalyzer,
        TurnBackgrounds,
        TurnCheckpoints,
        Turns
      )(all)
      const limits = { ...defaultModelLimits, ...given }
      const distiller = yield* makeDistiller(rememberAfterMs, limits)
      const options = { distiller, operator, limits, taskIndexes: makeTaskIndexes() }
      return Answerer.of({ answer: (turn) => Effect.provideContext(answerTurn(turn, options), needs) })
    })
  )

/** `AnswererLayerNoDeps` with models reached through the AI SDK. */
export const AnswererLayer = (
  options: AnswererOptions & LanguageModelOptions
): Layer.Layer<Answerer, never, AnswererNeeds> =>
  AnswererLayerNoDeps(options).pipe(Layer.provide(LanguageModelLazy(options)))
