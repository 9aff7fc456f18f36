import { Cipher, MAX_ENDPOINTS, TooManyEndpoints, WebhookEndpointNotFound, WebhookEndpoints } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import {
  endpointsOfChatbot,
  findEndpoint,
  insertEndpoint,
  listEndpoints,
  removeEndpoint,
  storedToken,
  updateEndpoint
} from "./endpointStatements.ts"

/** `WebhookEndpoints` on SQL. */
export const WebhookEndpointsSql: Layer.Layer<WebhookEndpoints, never, Cipher | Database> = Layer.effect(
  WebhookEndpoints,
  Effect.gen(function* () {
    const database = yield* Database
    const cipher = yield* Cipher
    const onDatabase = Effect.provideService(Database, database)
    return WebhookEndpoints.of({
      create: Effect.fnUntraced(function* ({ workspaceId, ...endpoint }) {
        const secret = cipher.encrypt({ workspaceId, purpose: "webhook" }, endpoint.secret)
        const sealed = { ...endpoint, workspaceId, secret }
        const created = yield* query("endpoint.insert", (db) => insertEndpoint(db, sealed, MAX_ENDPOINTS)).pipe(
          onDatabase,
          Effect.orDie
        )
        return created ?? (yield* new TooManyEndpoints({ limit: MAX_ENDPOINTS }))
      }),
      find: (workspaceId, id) =>
        query("endpoint.find", (db) => findEndpoint(db, workspaceId, id)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(Option.fromUndefinedOr)
        ),
      list: (workspaceId) =>
        query("endpoint.list", (db) => listEndpoints(db, workspaceId)).pipe(onDatabase, Effect.orDie),
      ofChatbot: (workspaceId, chatbotId, threadId) =>
        query("endpoint.ofChatbot", (db) => endpointsOfChatbot(db, workspaceId, chatbotId, threadId)).pipe(
          onDatabase,
          Effect.orDie
        ),
      token: (workspaceId, id) =>
        query("endpoint.token", (db) => storedToken(db, workspaceId, id)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map((stored) => stored && cipher.decrypt({ workspaceId, purpose: "webhook" }, stored))
        ),
      update: Effect.fnUntraced(function* (workspaceId, endpointId, settings) {
        const updated = yield* query("endpoint.update", (db) =>
          updateEndpoint(db, workspaceId, endpointId, settings)
        ).pipe(onDatabase, Effect.orDie)
        return updated ?? (yield* new WebhookEndpointNotFound({ endpointId }))
      }),
      remove: Effect.fnUntraced(function* (workspaceId, endpointId) {
        const removed = yield* query("endpoint.remove", (db) => removeEndpoint(db, workspaceId, endpointId)).pipe(
          onDatabase,
          Effect.orDie
        )
        if (!removed) return yield* new WebhookEndpointNotFound({ endpointId })
      })
    })
  })
)
