import { type DialogId, DialogNotFound, type HandoverRequest, Handovers, type WorkspaceId } from "@butler/domain"
import { Effect, Layer } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { retryTransient } from "../database/transaction.ts"
import { announceStopped } from "../turn/announceTurns.ts"
import { announce } from "../webhook/announce.ts"
import { findDialog } from "./findDialog.ts"
import { giveToPeople, lockedKeeping } from "./giveToPeople.ts"
import { reopenDialog } from "./handoverStatements.ts"

const find = Effect.fnUntraced(function* (workspaceId: WorkspaceId, dialogId: DialogId) {
  const dialog = yield* query("dialog.find", (db) => findDialog(db, workspaceId, dialogId))
  return dialog ?? (yield* new DialogNotFound({ dialogId }))
})

const handOver = Effect.fnUntraced(function* (request: HandoverRequest) {
  const given = yield* giveToPeople(request)
  return { ...given, dialog: yield* find(request.workspaceId, request.dialogId) }
})

const handBack = Effect.fnUntraced(function* (workspaceId: WorkspaceId, dialogId: DialogId) {
  const keeping = yield* lockedKeeping(workspaceId, dialogId)
  if (keeping?.mode === "human") yield* query("dialog.reopen", (db) => reopenDialog(db, workspaceId, dialogId))
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
