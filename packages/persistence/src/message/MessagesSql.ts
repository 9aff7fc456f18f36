import { DialogNotFound, Messages } from "@butler/domain"
import { Effect, Layer } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { toMessage } from "../dialog/messageRow.ts"
import { announce } from "../webhook/announce.ts"
import { postMessage } from "./postMessage.ts"

/** `Messages` on SQL: one statement and one round trip. */
export const MessagesSql: Layer.Layer<Messages, never, Database> = Layer.effect(
  Messages,
  Effect.map(Database, (database) =>
    Messages.of({
      post: Effect.fnUntraced(function* (posting) {
        const row = yield* query("message.post", (db) => postMessage(db, posting)).pipe(
          Effect.provideService(Database, database),
          Effect.orDie
        )
        if (row === undefined) return yield* new DialogNotFound({ dialogId: posting.dialogId })
        yield* announce(row.owes)
        return toMessage(row)
      })
    })
  )
)
