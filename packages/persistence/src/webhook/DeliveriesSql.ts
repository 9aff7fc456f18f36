import { Deliveries, DeliveryNotFound } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { findDelivery, listDeliveries, readEvents } from "./readDeliveries.ts"
import { retryDelivery } from "./retryDelivery.ts"

/** `Deliveries` on SQL. */
export const DeliveriesSql: Layer.Layer<Deliveries, never, Database> = Layer.effect(
  Deliveries,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)

    const find: Deliveries["Service"]["find"] = (workspaceId, endpointId, id) =>
      query("delivery.find", (db) => findDelivery(db, workspaceId, endpointId, id)).pipe(
        onDatabase,
        Effect.orDie,
        Effect.map(Option.fromUndefinedOr)
      )

    return Deliveries.of({
      list: (page) => query("delivery.list", (db) => listDeliveries(db, page)).pipe(onDatabase, Effect.orDie),
      find,
      retry: Effect.fnUntraced(function* (workspaceId, endpointId, deliveryId) {
        yield* query("delivery.retry", (db) => retryDelivery(db, workspaceId, endpointId, deliveryId)).pipe(
          onDatabase,
          Effect.orDie
        )
        const found = yield* find(workspaceId, endpointId, deliveryId)
        return Option.isSome(found) ? found.value : yield* new DeliveryNotFound({ deliveryId })
      }),
      events: (page) => query("delivery.events", (db) => readEvents(db, page)).pipe(onDatabase, Effect.orDie)
    })
  })
)
