import { ChatbotIcons, ChatbotNotFound, type Icon } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { sql } from "kysely"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"

/** `ChatbotIcons` on SQL. */
export const ChatbotIconsSql: Layer.Layer<ChatbotIcons, never, Database> = Layer.effect(
  ChatbotIcons,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return ChatbotIcons.of({
      insert: ({ bytes, chatbotId, contentType, id, workspaceId }) =>
        // Who removes the agent waits for the lock, and then sees the picture.
        query("icon.insert", (db) =>
          sql`
            insert into chatbot_icon (workspace_id, id, agent_id, content_type, bytes)
            select workspace_id, ${id}::uuid, id, ${contentType}::text, ${bytes}::bytea
            from agent
            where workspace_id = ${workspaceId}::uuid and id = ${chatbotId}::bigint and removed_at is null
            for share`.execute(db)
        ).pipe(
          onDatabase,
          Effect.orDie,
          Effect.flatMap(({ numAffectedRows }) =>
            numAffectedRows === 1n ? Effect.void : Effect.fail(new ChatbotNotFound({ chatbotId }))
          )
        ),
      find: (id) =>
        query("icon.find", (db) =>
          sql<Icon>`
            select content_type as "contentType", bytes from chatbot_icon where id = ${id}::uuid`.execute(db)
        ).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(({ rows }) => Option.fromUndefinedOr(rows[0]))
        ),
      remove: (workspaceId, ids) =>
        query("icon.remove", (db) =>
          sql`
            delete from chatbot_icon
            where workspace_id = ${workspaceId}::uuid and id = any(${ids}::uuid[])`.execute(db)
        ).pipe(onDatabase, Effect.orDie, Effect.asVoid)
    })
  })
)
