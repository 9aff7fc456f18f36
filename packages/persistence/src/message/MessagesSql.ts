import { DialogNotFound, Messages, noticePosting, type Posting, type SystemMessageType } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { toMessage } from "../dialog/messageRow.ts"
import { announce } from "../webhook/announce.ts"
import { postMessage } from "./postMessage.ts"

/** `Messages` on SQL: one statement and one round trip. */
export const MessagesSql: Layer.Layer<Messages, never, Database> = Layer.effect(
  Messages,
  Effect.map(Database, (database) => {
    const post = Effect.fnUntraced(function* (posting: Posting, unlessLast?: SystemMessageType) {
      const row = yield* query("message.post", (db) => postMessage(db, posting, unlessLast)).pipe(
        Effect.provideService(Database, database),
        Effect.orDie
      )
      if (row === undefined) return Option.none()
      yield* announce(row.owes)
      return Option.some(toMessage(row))
    })
    return Messages.of({
      post: (posting) =>
        post(posting).pipe(
          Effect.flatMap(Effect.fromOption),
          Effect.mapError(() => new DialogNotFound({ dialogId: posting.dialogId }))
        ),
      notify: (notice) => post(noticePosting(notice), notice.type)
    })
  })
)
