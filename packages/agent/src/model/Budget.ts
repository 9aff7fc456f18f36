import { addUse, isSpent, ModelUses, type RunnableTurn, useOf } from "@butler/domain"
import { Effect, Schema } from "effect"
import type { Journal } from "../pipeline/Journal.ts"

/** Nothing is left of what models may use. */
export class BudgetSpent extends Schema.TaggedError<BudgetSpent>()("BudgetSpent", {
  of: Schema.Literals(["turn", "contact", "workspace"])
}) {}

/** What models may still use in a turn. */
export interface Budget {
  /** To be asked before each call of a model. */
  readonly check: Effect.Effect<void, BudgetSpent>
}

/** The ledger is looked at once, and only where a budget needs it. */
export const openBudget = Effect.fnUntraced(function* (
  {
    agent,
    contactId,
    workspaceBudget = null,
    workspaceId
  }: Pick<RunnableTurn, "agent" | "contactId" | "workspaceBudget" | "workspaceId">,
  journal: Journal
) {
  const { contactPerDay, turn } = agent.settings?.budgets ?? {}
  const needed = contactPerDay !== undefined || workspaceBudget !== null
  const before = needed ? yield* (yield* ModelUses).soFar(workspaceId, contactId) : null
  const check: Effect.Effect<void, BudgetSpent> = Effect.suspend(() => {
    const here = useOf(journal.steps)
    if (turn !== undefined && isSpent(turn, here)) return new BudgetSpent({ of: "turn" })
    if (before === null) return Effect.void
    const { contactToday, workspaceThisMonth } = before
    if (contactPerDay !== undefined && isSpent(contactPerDay, addUse(contactToday, here))) {
      return new BudgetSpent({ of: "contact" })
    }
    return workspaceBudget !== null && isSpent(workspaceBudget, addUse(workspaceThisMonth, here))
      ? new BudgetSpent({ of: "workspace" })
      : Effect.void
  })
  return { check } satisfies Budget
})
