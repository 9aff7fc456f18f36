import { Cipher, DeliveryQueue } from "@butler/domain"
import { Effect, Layer } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { heartbeat } from "../lane/heartbeat.ts"
import { claimDeliveries } from "./claimDeliveries.ts"
import { admitDelivery, giveBackDeliveries, purgeDeliveries } from "./deliveryLeases.ts"
import { settleDeliveries } from "./settleDeliveries.ts"

/** `DeliveryQueue` on SQL: one statement and one round trip per call, and one more where chatbots' webhooks are told. */
export const DeliveryQueueSql: Layer.Layer<DeliveryQueue, never, Cipher | Database> = Layer.effect(
  DeliveryQueue,
  Effect.gen(function* () {
    const database = yield* Database
    const cipher = yield* Cipher
    const onDatabase = Effect.provideService(Database, database)
    return DeliveryQueue.of({
      claim: (share, limit, terms) =>
        query("delivery.claim", (kysely) => claimDeliveries({ ...database, kysely }, cipher, share, limit, terms)).pipe(
          onDatabase,
          Effect.orDie
        ),
      heartbeat: (leases, durationMs) =>
        leases.length === 0
          ? Effect.succeed([])
          : query("delivery.heartbeat", (db) => heartbeat(db, "delivery", leases, durationMs)).pipe(
              onDatabase,
              Effect.orDie
            ),
      settle: (settlements) =>
        query("delivery.settle", (kysely) => settleDeliveries({ ...database, kysely }, settlements)).pipe(
          onDatabase,
          Effect.orDie
        ),
      giveBack: (leases) =>
        query("delivery.giveBack", (db) => giveBackDeliveries(db, leases)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.asVoid
        ),
      admit: (workspaceId, endpointId) =>
        query("delivery.admit", (db) => admitDelivery(db, workspaceId, endpointId)).pipe(onDatabase, Effect.orDie),
      purge: (olderThanMs, limit) =>
        query("delivery.purge", (db) => purgeDeliveries(db, olderThanMs, limit)).pipe(onDatabase, Effect.orDie)
    })
  })
)
