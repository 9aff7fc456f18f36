import { Context, type Effect } from "effect"
import type { ContactId, WorkspaceId } from "../ids/brands.ts"
import type { TurnStep } from "../turn/Turn.ts"
import type { ModelBudget } from "./AgentModel.ts"

/** What models were asked, and what it cost where their prices are known. */
export interface ModelUse {
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cost: number
}

export const NO_USE: ModelUse = { calls: 0, inputTokens: 0, outputTokens: 0, cost: 0 }

export const addUse = (a: ModelUse, b: ModelUse): ModelUse => ({
  calls: a.calls + b.calls,
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
  cost: a.cost + b.cost
})

/** What a turn has used, by its steps. */
export const useOf = (steps: ReadonlyArray<TurnStep>): ModelUse =>
  steps.reduce(
    (use, { cost = 0, tokens }) =>
      tokens === undefined
        ? use
        : addUse(use, { calls: 1, inputTokens: tokens.input ?? 0, outputTokens: tokens.output ?? 0, cost }),
    NO_USE
  )

/** Whether nothing is left of a budget. */
export const isSpent = ({ cost, tokens }: ModelBudget, use: ModelUse): boolean =>
  (tokens !== undefined && use.inputTokens + use.outputTokens >= tokens) || (cost !== undefined && use.cost >= cost)

/** What models were used for. A turn's end adds its own. */
export class ModelUses extends Context.Service<
  ModelUses,
  {
    /** Of the contact today, with those that were merged into it, and of the workspace this month, both by UTC. */
    readonly soFar: (
      workspaceId: WorkspaceId,
      contactId: ContactId | null
    ) => Effect.Effect<{ readonly contactToday: ModelUse; readonly workspaceThisMonth: ModelUse }>
    /** Adds what was used outside of turns to the workspace's month and, if it is for a contact that is still there, to its day. */
    readonly record: (workspaceId: WorkspaceId, contactId: ContactId | null, use: ModelUse) => Effect.Effect<void>
  }
>()("@butler/domain/ModelUses") {}
