import {
  Cipher,
  Ids,
  type NewThread,
  type ThreadChange,
  ThreadMessageNotFound,
  ThreadNotFound,
  type ThreadPlace,
  Threads,
  ThreadTaken,
  type WorkspaceId
} from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { type SqlFailure } from "../database/SqlFailure.ts"
import { transaction } from "../database/transaction.ts"
import { announce } from "../webhook/announce.ts"
import { annotateMessage, changeChatUser, findThread, storeThread } from "./changeThread.ts"
import { createThread } from "./createThread.ts"
import { listThreads } from "./listThreads.ts"
import { endpointIdOf, removeWebhook, setWebhook } from "./storeWebhook.ts"
import { threadMessages, turnMessage } from "./threadMessages.ts"

const find = Effect.fnUntraced(function* (place: ThreadPlace) {
  const thread = yield* query("thread.find", (db) => findThread(db, place))
  return thread ?? (yield* new ThreadNotFound({ threadId: place.threadId }))
})

const moveWebhook = Effect.fnUntraced(function* (place: ThreadPlace, url: string | null, snowflake: string) {
  if (url === null) return yield* query("thread.removeWebhook", (db) => removeWebhook(db, place))
  return yield* query("thread.setWebhook", (db) => setWebhook(db, place, endpointIdOf(snowflake), url))
})

/** All or nothing; `owes` when there is something to send. */
const change = Effect.fnUntraced(function* (
  place: ThreadPlace,
  { chatUser, ...rest }: ThreadChange,
  snowflake: string
) {
  const { webhookUrl } = rest
  yield* find(place)
  const owes = chatUser !== undefined && (yield* query("thread.chatUser", (db) => changeChatUser(db, place, chatUser)))
  if (Object.keys(rest).length > 0) yield* query("thread.store", (db) => storeThread(db, place, rest))
  if (webhookUrl !== undefined) yield* moveWebhook(place, webhookUrl, snowflake)
  return { owes, thread: yield* find(place) }
}, transaction)

/** Somebody else has just made a contact of this `userId`: it is found the next time. */
const sameUser = (failure: SqlFailure) => failure.constraint === "contact_user_key"

const create = Effect.fnUntraced(function* (thread: NewThread) {
  const { chatbotId, dialog, workspaceId } = thread
  const owes = yield* query("thread.create", (db) => createThread(db, thread)).pipe(
    Effect.retry({ times: 3, while: sameUser }),
    Effect.catchIf(
      ({ constraint }) => constraint === "dialog_pkey",
      () => Effect.fail(new ThreadTaken({ threadId: dialog.id }))
    )
  )
  yield* announce(owes)
  return yield* Effect.orDie(find({ workspaceId, chatbotId, threadId: dialog.id }))
})

/** `Threads` on SQL. */
export const ThreadsSql: Layer.Layer<Threads, never, Cipher | Database | Ids> = Layer.effect(
  Threads,
  Effect.gen(function* () {
    const database = yield* Database
    const cipher = yield* Cipher
    const ids = yield* Ids
    const onDatabase = Effect.provideService(Database, database)
    const sealed = (workspaceId: WorkspaceId, { webhookToken, ...changes }: ThreadChange): ThreadChange => ({
      ...changes,
      ...(webhookToken !== undefined && {
        webhookToken: webhookToken === null ? null : cipher.encrypt({ workspaceId, purpose: "webhook" }, webhookToken)
      })
    })
    return Threads.of({
      list: (chatbot, page) => listThreads(chatbot, page).pipe(onDatabase, Effect.orDie),
      find: (place) =>
        query("thread.find", (db) => findThread(db, place)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(Option.fromUndefinedOr)
        ),
      messages: (workspaceId, threadId, limit) =>
        query("thread.messages", (db) => threadMessages(db, workspaceId, threadId, limit)).pipe(
          onDatabase,
          Effect.orDie
        ),
      ofTurn: (workspaceId, turnId) =>
        query("thread.ofTurn", (db) => turnMessage(db, workspaceId, turnId)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(Option.fromUndefinedOr)
        ),
      create: (thread) => create(thread).pipe(onDatabase, Effect.catchTag("SqlFailure", Effect.die)),
      change: Effect.fnUntraced(
        function* (place, changes) {
          const { owes, thread } = yield* change(place, sealed(place.workspaceId, changes), yield* ids.snowflake)
          yield* announce(owes)
          return thread
        },
        onDatabase,
        Effect.catchTag("SqlFailure", Effect.die)
      ),
      annotate: Effect.fnUntraced(function* (message, extra) {
        const known = yield* query("thread.annotate", (db) => annotateMessage(db, message, extra)).pipe(
          onDatabase,
          Effect.orDie
        )
        if (!known) return yield* new ThreadMessageNotFound({ messageId: message.messageId })
      })
    })
  })
)
