import { Dialogs } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { findDialog } from "./findDialog.ts"
import { listDialogs } from "./listDialogs.ts"
import { listMessages } from "./listMessages.ts"

/** `Dialogs` on SQL. */
export const DialogsSql: Layer.Layer<Dialogs, never, Database> = Layer.effect(
  Dialogs,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return Dialogs.of({
      find: (workspaceId, dialogId) =>
        query("dialog.find", (db) => findDialog(db, workspaceId, dialogId)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(Option.fromUndefinedOr)
        ),
      list: (dialogs) => query("dialog.list", (db) => listDialogs(db, dialogs)).pipe(onDatabase, Effect.orDie),
      messages: (messages) =>
        query("dialog.messages", (db) => listMessages(db, messages)).pipe(onDatabase, Effect.orDie)
    })
  })
)
