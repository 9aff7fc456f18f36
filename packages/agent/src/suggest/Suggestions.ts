import { Agents, LanguageModel, ModelUses, TextAnalyzer, Turns, Workspaces, type WorkspaceId } from "@butler/domain"
import { Context, Effect, Layer, Option } from "effect"
import { chooseModels } from "../model/chooseModel.ts"
import { LanguageModelLazy } from "../model/LanguageModelLazy.ts"
import type { LanguageModelOptions } from "../model/LanguageModelOptions.ts"
import type { OperatorModel } from "../model/modelConfig.ts"
import type { TurnState } from "../runner/TurnState.ts"
import { askForQuestions, SUGGEST_MS } from "./askForQuestions.ts"
import { distinctQuestions, followUps } from "./followUps.ts"

export type SuggestionsNeeds = Agents | ModelUses | TextAnalyzer | Turns | Workspaces

/** An answered turn, and what was asked in it. */
export interface Suggested {
  readonly workspaceId: WorkspaceId
  readonly query: string
  readonly state: TurnState
}

/** What a contact might ask next. */
export class Suggestions extends Context.Service<
  Suggestions,
  {
    /**
     * At most `count` questions: a model's where one answered, else, and where it comes to nothing in 8 s or within the budgets,
     * what the knowledge holds near the answer. To be asked for once the answer is stored, by whoever shows them.
     */
    readonly suggest: (suggested: Suggested, count: number) => Effect.Effect<ReadonlyArray<string>>
  }
>()("@butler/agent/Suggestions") {
  static readonly layerNoDeps = (
    operator: OperatorModel | null
  ): Layer.Layer<Suggestions, never, LanguageModel | SuggestionsNeeds> =>
    Layer.effect(
      Suggestions,
      Effect.gen(function* () {
        const all = yield* Effect.context<LanguageModel | SuggestionsNeeds>()
        const needs = Context.pick(Agents, LanguageModel, ModelUses, TextAnalyzer, Turns, Workspaces)(all)
        return Suggestions.of({
          suggest: (suggested, count) => Effect.provideContext(suggest(suggested, count, operator), needs)
        })
      })
    )

  /** With models reached through the AI SDK. */
  static readonly layer = ({
    operator,
    ...options
  }: LanguageModelOptions & { readonly operator: OperatorModel | null }): Layer.Layer<
    Suggestions,
    never,
    SuggestionsNeeds
  > => Suggestions.layerNoDeps(operator).pipe(Layer.provide(LanguageModelLazy(options)))
}

/** A call that came to nothing counts no tokens; vectors and rankings count theirs. */
const byModel = ({ steps }: TurnState): boolean =>
  steps.some(({ name, tokens }) => name === "model" && tokens !== undefined)

const fromModel = Effect.fnUntraced(
  function* ({ query, state, workspaceId }: Suggested, count: number, operator: OperatorModel | null) {
    const found = Effect.all(
      {
        turn: Effect.flatMap(Turns, ({ find }) => find(workspaceId, state.id)),
        workspace: Effect.flatMap(Workspaces, ({ find }) => find(workspaceId))
      },
      { concurrency: 2 }
    )
    const { turn, workspace } = yield* found
    if (Option.isNone(turn) || Option.isNone(workspace)) return []
    const agent = yield* Effect.flatMap(Agents, ({ find }) => find(workspaceId, turn.value.agentId))
    if (Option.isNone(agent)) return []
    const { modelBudget: workspaceBudget } = workspace.value
    const answered = { workspaceId, workspaceBudget, agent: agent.value, turn: turn.value }
    const questions = yield* askForQuestions(answered, chooseModels(agent.value, operator), count)
    return distinctQuestions(questions, [query]).slice(0, count)
  },
  Effect.timeoutOrElse({ duration: SUGGEST_MS, orElse: () => Effect.succeed([]) }),
  Effect.catchTags({
    BudgetSpent: () => Effect.succeed([]),
    ModelFailed: ({ detail }) => Effect.as(Effect.logInfo("no model offered questions", detail), [])
  }),
  // The answer is there, and is not held back by what goes wrong behind it.
  Effect.catchDefect((defect) => Effect.as(Effect.logWarning("no questions were offered", defect), []))
)

const suggest = Effect.fn("suggest")(function* (suggested: Suggested, count: number, operator: OperatorModel | null) {
  const { query, state } = suggested
  if (count === 0) return []
  const told = byModel(state) ? yield* fromModel(suggested, count, operator) : []
  return told.length > 0 ? told : followUps(query, state.agentLogs, count)
})
