import {
  type AgentId,
  Agents,
  type ChangedChatbot,
  type Chatbot,
  ChatbotNotFound,
  Chatbots,
  Cipher,
  Ids,
  shapeAgent,
  type WorkspaceId
} from "@butler/domain"
import { Effect, Layer, Option, type Result } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { SqlFailure } from "../database/SqlFailure.ts"
import { transaction } from "../database/transaction.ts"
import { findChatbot, listChatbots, lockChatbot, storeChatbot } from "./chatbotStatements.ts"
import { endpointIdOf, removeWebhook, setWebhook } from "./storeWebhook.ts"

/** `Chatbots` on SQL, over the agents of the same database. */
export const ChatbotsSql: Layer.Layer<Chatbots, never, Agents | Cipher | Database | Ids> = Layer.effect(
  Chatbots,
  Effect.gen(function* () {
    const database = yield* Database
    const agents = yield* Agents
    const cipher = yield* Cipher
    const ids = yield* Ids
    const onDatabase = Effect.provideService(Database, database)

    const moveWebhook = Effect.fnUntraced(function* (workspaceId: WorkspaceId, before: Chatbot, after: Chatbot) {
      const { webhookUrl } = after.settings
      if (webhookUrl === before.settings.webhookUrl) return
      const owner = { workspaceId, chatbotId: after.id, threadId: null }
      if (webhookUrl === undefined) yield* query("chatbot.removeWebhook", (db) => removeWebhook(db, owner))
      else {
        const id = endpointIdOf(yield* ids.snowflake)
        yield* query("chatbot.setWebhook", (db) => setWebhook(db, owner, id, webhookUrl))
      }
    })

    const seal = (workspaceId: WorkspaceId, token: string | null | undefined) =>
      token && cipher.encrypt({ workspaceId, purpose: "webhook" }, token)

    const change = Effect.fnUntraced(function* <E>(
      workspaceId: WorkspaceId,
      id: AgentId,
      changed: (chatbot: Chatbot) => Result.Result<ChangedChatbot, E>
    ) {
      const before = yield* query("chatbot.lock", (db) => lockChatbot(db, workspaceId, id))
      if (before === undefined) return yield* new ChatbotNotFound({ chatbotId: id })
      const { named, webhookToken, ...after } = yield* Effect.fromResult(changed(before))
      const token = seal(workspaceId, webhookToken)
      yield* query("chatbot.store", (db) => storeChatbot(db, workspaceId, after, token))
      yield* moveWebhook(workspaceId, before, after)
      yield* Effect.orDie(agents.update(workspaceId, id, (agent) => shapeAgent(agent, before, after, named)))
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
