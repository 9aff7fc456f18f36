import type { DialogId, HandoverRequest, TurnId, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { query } from "../database/query.ts"
import { postMessage } from "../message/postMessage.ts"
import { lockLane, openTurns } from "../turn/openTurns.ts"
import { tellCancelled } from "../turn/tellCancelled.ts"
import { escalate } from "./escalate.ts"
import { closeDialog, keepingOf } from "./handoverStatements.ts"

/** Who answers, with the dialog's order held still: no turn is accepted or ended until the transaction is. */
export const lockedKeeping = Effect.fnUntraced(function* (workspaceId: WorkspaceId, dialogId: DialogId) {
  yield* query("turn.lockLane", (db) => lockLane(db, workspaceId, dialogId))
  return yield* query("dialog.keeping", (db) => keepingOf(db, workspaceId, dialogId))
})

export interface GivenToPeople {
  /** The turns this ended. */
  readonly cancelled: ReadonlyArray<TurnId>
  /** Whether there is something to send. */
  readonly owes: boolean
}

const NOTHING: GivenToPeople = { cancelled: [], owes: false }

const take = Effect.fnUntraced(function* (request: HandoverRequest) {
  const { dialogId, workspaceId } = request
  const open = yield* query("turn.open", (db) => openTurns(db, workspaceId, dialogId))
  const cancelled = open.map(({ id }) => id)
  yield* query("dialog.close", (db) => closeDialog(db, request, cancelled))
  const owes = yield* query("turn.tellCancelled", (db) => tellCancelled(db, workspaceId, cancelled))
  return { cancelled, owes } satisfies GivenToPeople
})

const say = Effect.fnUntraced(function* ({ closing, dialogId, workspaceId }: HandoverRequest) {
  if (closing === null) return false
  const said = { sender: { type: "agent", id: null }, contentType: "text", url: "" } as const
  const row = yield* query("message.post", (db) => postMessage(db, { workspaceId, dialogId, ...said, ...closing }))
  return row?.owes === true
})

/** Gives a dialog to people, unless they have it, and escalates it where that is asked for and was not done. In a transaction. */
export const giveToPeople = Effect.fnUntraced(function* (request: HandoverRequest) {
  const { dialogId, escalates, workspaceId } = request
  const keeping = yield* lockedKeeping(workspaceId, dialogId)
  const isAgents = keeping?.mode === "ai"
  if (keeping === undefined || (!isAgents && (!escalates || keeping.escalated))) return NOTHING
  const { cancelled, owes } = isAgents ? yield* take(request) : NOTHING
  const said = yield* say(request)
  const raised = escalates && (yield* query("dialog.escalate", (db) => escalate(db, request)))
  return { cancelled, owes: owes || said || raised } satisfies GivenToPeople
})
