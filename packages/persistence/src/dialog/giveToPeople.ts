import type { DialogId, HandoverRequest, TurnId, WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { query } from "../database/query.ts"
import { postMessage } from "../message/postMessage.ts"
import { lockLane, openTurns } from "../turn/openTurns.ts"
import { tellCancelled } from "../turn/tellCancelled.ts"
import { closeDialog, modeOf } from "./handoverStatements.ts"

/** Who answers, with the dialog's order held still: no turn is accepted or ended until the transaction is. */
export const lockedMode = Effect.fnUntraced(function* (workspaceId: WorkspaceId, dialogId: DialogId) {
  yield* query("turn.lockLane", (db) => lockLane(db, workspaceId, dialogId))
  return yield* query("dialog.mode", (db) => modeOf(db, workspaceId, dialogId))
})

const say = Effect.fnUntraced(function* ({ closing, dialogId, workspaceId }: HandoverRequest) {
  if (closing === null) return false
  const said = { sender: { type: "agent", id: null }, contentType: "text", url: "" } as const
  const row = yield* query("message.post", (db) => postMessage(db, { workspaceId, dialogId, ...closing, ...said }))
  return row?.owes === true
})

export interface GivenToPeople {
  /** The turns this ended. */
  readonly cancelled: ReadonlyArray<TurnId>
  /** Whether there is something to send. */
  readonly owes: boolean
}

/** Gives a dialog to people, unless they have it. In a transaction. */
export const giveToPeople = Effect.fnUntraced(function* (request: HandoverRequest) {
  const { dialogId, workspaceId } = request
  const mode = yield* lockedMode(workspaceId, dialogId)
  if (mode !== "ai") return { cancelled: [], owes: false } satisfies GivenToPeople
  const open = yield* query("turn.open", (db) => openTurns(db, workspaceId, dialogId))
  const cancelled = open.map(({ id }) => id)
  yield* query("dialog.close", (db) => closeDialog(db, request, cancelled))
  const told = yield* query("turn.tellCancelled", (db) => tellCancelled(db, workspaceId, cancelled))
  const owes = (yield* say(request)) || told
  return { cancelled, owes } satisfies GivenToPeople
})
