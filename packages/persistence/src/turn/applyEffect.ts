import type { RunnableTurn, TurnEffect } from "@butler/domain"
import { Effect } from "effect"
import { query } from "../database/query.ts"
import type { Database } from "../database/Database.ts"
import type { SqlFailure } from "../database/SqlFailure.ts"
import { keepDetails } from "../contact/keepDetails.ts"
import { type GivenToPeople, giveToPeople } from "../dialog/giveToPeople.ts"
import { rememberTurn } from "../recall/rememberTurn.ts"
import { keepProgress } from "../task/keepProgress.ts"
import { resolveDialog } from "../dialog/resolveDialog.ts"
import { recordUnanswered } from "../unanswered/recordUnanswered.ts"

const told = (owes: boolean): GivenToPeople => ({ cancelled: [], owes })
const NOTHING_ELSE = told(false)

/** Changes what the turn changes beside its replies, in the transaction that ends it. Answers what others are to be told. */
export const applyEffect = (
  turn: RunnableTurn,
  effect: TurnEffect
): Effect.Effect<GivenToPeople, SqlFailure, Database> => {
  const { dialogId, workspaceId } = turn
  switch (effect._tag) {
    case "HandOver":
      return giveToPeople({ workspaceId, dialogId, reason: effect.reason, closing: null, escalates: true })
    case "Resolve":
      return query("dialog.resolve", (db) => resolveDialog(db, workspaceId, dialogId)).pipe(Effect.as(NOTHING_ELSE))
    case "ContactDetails":
      return query("contact.keepDetails", (db) => keepDetails(db, turn, effect.details)).pipe(Effect.map(told))
    case "TaskProgress":
      return query("taskProgress.keep", (db) => keepProgress(db, workspaceId, dialogId, effect.progress)).pipe(
        Effect.as(NOTHING_ELSE)
      )
    case "Remember":
      return query("memory.rememberTurn", (db) => rememberTurn(db, turn, effect.facts)).pipe(Effect.as(NOTHING_ELSE))
    case "Unanswered":
      return query("unanswered.record", (db) => recordUnanswered(db, turn, effect)).pipe(Effect.as(NOTHING_ELSE))
  }
}
