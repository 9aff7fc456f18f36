import {
  type AgentId,
  Agents,
  type Chatbot,
  ChatbotNotFound,
  Chatbots,
  shapeAgent,
  type WorkspaceId
} from "@butler/domain"
import { Effect, Layer, Option, type Result } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { SqlFailure } from "../database/SqlFailure.ts"
import { transaction } from "../database/transaction.ts"
import { findChatbot, listChatbots, lockChatbot, storeChatbot } from "./chatbotStatements.ts"

/** `Chatbots` on SQL, over the agents of the same database. */
export const ChatbotsSql: Layer.Layer<Chatbots, never, Agents | Database> = Layer.effect(
  Chatbots,
  Effect.gen(function* () {
    const database = yield* Database
    const agents = yield* Agents
    const onDatabase = Effect.provideService(Database, database)

    const change = Effect.fnUntraced(function* <E>(
      workspaceId: WorkspaceId,
      id: AgentId,
      changed: (chatbot: Chatbot) => Result.Result<Chatbot, E>
    ) {
      const before = yield* query("chatbot.lock", (db) => lockChatbot(db, workspaceId, id))
      if (before === undefined) return yield* new ChatbotNotFound({ chatbotId: id })
      const after = yield* Effect.fromResult(changed(before))
      yield* query("chatbot.store", (db) => storeChatbot(db, workspaceId, after))
      yield* Effect.orDie(agents.update(workspaceId, id, (agent) => shapeAgent(agent, before, after)))
      return after
    })

    return Chatbots.of({
      list: (workspaceId, page) =>
        query("chatbot.list", (db) => listChatbots(db, workspaceId, page)).pipe(onDatabase, Effect.orDie),
      find: (workspaceId, id) =>
        query("chatbot.find", (db) => findChatbot(db, workspaceId, id)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(Option.fromUndefinedOr)
        ),
      change: (workspaceId, id, changed) =>
        change(workspaceId, id, changed).pipe(
          transaction,
          onDatabase,
          Effect.catchIf((error): error is SqlFailure => error instanceof SqlFailure, Effect.die)
        )
    })
  })
)
