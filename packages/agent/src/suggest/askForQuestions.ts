import {
  type Agent,
  isSpent,
  type ModelBudget,
  ModelUses,
  type Turn,
  TextAnalyzer,
  useOf,
  type WorkspaceId
} from "@butler/domain"
import { Effect } from "effect"
import { BudgetSpent, openBudget } from "../model/Budget.ts"
import type { ChosenModel } from "../model/chooseModel.ts"
import { otherLanguage } from "../model/corrections.ts"
import { ask } from "../model/generate.ts"
import { defaultModelLimits, type ModelLimits } from "../model/modelLimits.ts"
import { nothingYet, type ReceiveOptions } from "../model/receive.ts"
import { makeJournal } from "../pipeline/Journal.ts"
import { knowledgeNear } from "./followUps.ts"
import { type Exchange, questionsIn, SUGGEST, suggestPrompt } from "./questionTool.ts"

/** The contact waits for its answer meanwhile, and has other ways to be offered something. */
export const SUGGEST_MS = 8_000

const LIMITS: ModelLimits = {
  ...defaultModelLimits,
  tries: 1,
  firstTokenMs: SUGGEST_MS,
  stallMs: SUGGEST_MS,
  totalMs: SUGGEST_MS
}

const UNHEARD: ReceiveOptions["speech"] = { say: () => Effect.void, pause: Effect.void }

/** A turn that was answered, with whose agent answered it. */
export interface AnsweredTurn {
  readonly workspaceId: WorkspaceId
  readonly workspaceBudget: ModelBudget | null
  readonly agent: Agent
  readonly turn: Turn
}

const exchangeOf = ({ agentLogs, query, replies }: Turn, language: string): Exchange => ({
  query,
  answer: replies.map(({ content }) => content).join("\n"),
  language,
  near: knowledgeNear(agentLogs)
})

/** What the turn itself has used counts against its own budget, and stands in the ledger already. */
const checkBudgets = Effect.fnUntraced(function* (answered: AnsweredTurn) {
  const { budgets } = answered.agent.settings ?? {}
  if (budgets?.turn !== undefined && isSpent(budgets.turn, useOf(answered.turn.steps))) {
    return yield* new BudgetSpent({ of: "turn" })
  }
  const budget = yield* openBudget({ ...answered, contactId: answered.turn.contactId }, yield* makeJournal)
  yield* budget.check
})

/**
 * Questions that a model offers to go on with, in the contact's language. What it uses is outside of the turn, which has ended, and is
 * added to the contact's and the workspace's ledger by itself.
 */
export const askForQuestions = Effect.fn("askForQuestions")(function* (
  answered: AnsweredTurn,
  models: ReadonlyArray<ChosenModel>,
  count: number
) {
  yield* checkBudgets(answered)
  const { detectLanguage } = yield* TextAnalyzer
  const { turn, workspaceId } = answered
  const asked = detectLanguage(turn.query)
  const journal = yield* makeJournal
  const received = nothingYet()
  const recordUse = Effect.suspend(() => {
    const use = useOf(journal.steps)
    return use.calls === 0 ? Effect.void : ModelUses.use(({ record }) => record(workspaceId, turn.contactId, use))
  })
  const messages = suggestPrompt(exchangeOf(turn, asked.name), count)
  yield* ask(models, { messages, tools: [SUGGEST] }, received, { journal, limits: LIMITS, speech: UNHEARD }).pipe(
    Effect.catchTag("FalseClaim", Effect.die),
    Effect.ensuring(recordUse)
  )
  const questions = questionsIn(received.toolCalls)
  const isForeign = otherLanguage(questions.join("\n"), turn.query, asked, detectLanguage) !== undefined
  return isForeign ? [] : questions
})
