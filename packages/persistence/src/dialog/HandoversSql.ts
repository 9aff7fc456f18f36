import { type DialogId, DialogNotFound, type HandoverRequest, Handovers, type WorkspaceId } from "@butler/domain"
import { Effect, Layer } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { retryTransient } from "../database/transaction.ts"
import { postMessage } from "../message/postMessage.ts"
import { tellCancelled } from "../turn/tellCancelled.ts"
import { announceStopped } from "../turn/announceTurns.ts"
import { lockLane, openTurns } from "../turn/openTurns.ts"
import { announce } from "../webhook/announce.ts"
import { findDialog } from "./findDialog.ts"
import { closeDialog, modeOf, reopenDialog } from "./handoverStatements.ts"

/** Who answers, with the dialog's order held still: no turn is accepted or ended until the transaction is. */
const lockedMode = Effect.fnUntraced(function* (workspaceId: WorkspaceId, dialogId: DialogId) {
  yield* query("turn.lockLane", (db) => lockLane(db, workspaceId, dialogId))
  return yield* query("dialog.mode", (db) => modeOf(db, workspaceId, dialogId))
})

const find = Effect.fnUntraced(function* (workspaceId: WorkspaceId, dialogId: DialogId) {
  const dialog = yield* query("dialog.find", (db) => findDialog(db, workspaceId, dialogId))
  return dialog ?? (yield* new DialogNotFound({ dialogId }))
})

const say = Effect.fnUntraced(function* ({ closing, dialogId, workspaceId }: HandoverRequest) {
  if (closing === null) return false
  const said = { sender: { type: "agent", id: null }, contentType: "text", url: "" } as const
  const row = yield* query("message.post", (db) => postMessage(db, { workspaceId, dialogId, ...closing, ...said }))
  return row?.owes === true
})

const handOver = Effect.fnUntraced(function* (request: HandoverRequest) {
  const { dialogId, workspaceId } = request
  const mode = yield* lockedMode(workspaceId, dialogId)
  if (mode !== "ai") return { dialog: yield* find(workspaceId, dialogId), cancelled: [], owes: false }
  const open = yield* query("turn.open", (db) => openTurns(db, workspaceId, dialogId))
  const cancelled = open.map(({ id }) => id)
  yield* query("dialog.close", (db) => closeDialog(db, request, cancelled))
  const told = yield* query("turn.tellCancelled", (db) => tellCancelled(db, workspaceId, cancelled))
  const owes = (yield* say(request)) || told
  return { dialog: yield* find(workspaceId, dialogId), cancelled, owes }
})

const handBack = Effect.fnUntraced(function* (workspaceId: WorkspaceId, dialogId: DialogId) {
  const mode = yield* lockedMode(workspaceId, dialogId)
  if (mode === "human") yield* query("dialog.reopen", (db) => reopenDialog(db, workspaceId, dialogId))
  return yield* find(workspaceId, dialogId)
})

/** `Handovers` on SQL. */
export const HandoversSql: Layer.Layer<Handovers, never, Database> = Layer.effect(
  Handovers,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return Handovers.of({
      handOver: Effect.fnUntraced(
        function* (request) {
          const { owes, ...handedOver } = yield* retryTransient(handOver(request))
          yield* announce(owes)
          yield* announceStopped(handedOver.cancelled)
          return handedOver
        },
        onDatabase,
        Effect.catchTag("SqlFailure", Effect.die)
      ),
      handBack: (workspaceId, dialogId) =>
        retryTransient(handBack(workspaceId, dialogId)).pipe(onDatabase, Effect.catchTag("SqlFailure", Effect.die))
    })
  })
)
