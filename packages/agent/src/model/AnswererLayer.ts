import { Answerer, Dialogs, Knowledge, LanguageModel, TextAnalyzer, Turns } from "@butler/domain"
import { Context, Effect, Layer } from "effect"
import { answerWithModel } from "./answerWithModel.ts"
import { chooseModel } from "./chooseModel.ts"
import { LanguageModelLazy } from "./LanguageModelLazy.ts"
import type { LanguageModelOptions } from "./LanguageModelOptions.ts"
import type { OperatorModel } from "./modelConfig.ts"
import { defaultModelLimits, type ModelLimits } from "./modelLimits.ts"

type Needs = Dialogs | Turns | Knowledge | TextAnalyzer

export interface AnswererOptions<E, R> {
  /** Answers for agents that have no model. */
  readonly withoutModel: Layer.Layer<Answerer, E, R>
  readonly operator: OperatorModel | null
  readonly limits?: Partial<ModelLimits>
}

/** Answers with the agent's model, or the operator's; without either in the way that needs none. */
export const AnswererLayerNoDeps = <E, R>({
  limits,
  operator,
  withoutModel
}: AnswererOptions<E, R>): Layer.Layer<Answerer, E, R | Needs | LanguageModel> =>
  Layer.effect(
    Answerer,
    Effect.gen(function* () {
      const plain = Context.get(yield* Layer.build(withoutModel), Answerer)
      const needs = Context.pick(
        Dialogs,
        Turns,
        Knowledge,
        TextAnalyzer,
        LanguageModel
      )(yield* Effect.context<Needs | LanguageModel>())
      const bounds = { ...defaultModelLimits, ...limits }
      return Answerer.of({
        answer: (turn) => {
          const chosen = chooseModel(turn.agent, operator)
          return chosen === null
            ? plain.answer(turn)
            : Effect.provideContext(answerWithModel(turn, chosen, bounds), needs)
        }
      })
    })
  )

/** `AnswererLayerNoDeps` with models reached through the AI SDK. */
export const AnswererLayer = <E, R>(
  options: AnswererOptions<E, R> & LanguageModelOptions
): Layer.Layer<Answerer, E, R | Needs> => AnswererLayerNoDeps(options).pipe(Layer.provide(LanguageModelLazy(options)))
