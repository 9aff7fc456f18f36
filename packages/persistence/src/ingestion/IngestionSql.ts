import { documentIdsOf, type FoundItem, Ids, Ingestion, SourceLeaseLost, type SourceWork } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { retryTransient } from "../database/transaction.ts"
import { putDocument } from "../knowledge/putDocument.ts"
import { removeDocuments } from "../knowledge/removeDocuments.ts"
import { heartbeat } from "../lane/heartbeat.ts"
import { lockEntitlement } from "../whitelabel/entitlementStatements.ts"
import { readFilePart } from "./readFilePart.ts"
import {
  addItems,
  beginRun,
  deleteItems,
  isRepeated,
  knownLocators,
  lockItem,
  lockVanished,
  pendingItems,
  settleItem
} from "./itemStatements.ts"
import { claimSources, finishRun, pauseSource } from "./laneStatements.ts"
import { removeSource } from "./removeSource.ts"

const orLost =
  ({ source }: SourceWork) =>
  <E, R>(isHeld: Effect.Effect<boolean, E, R>): Effect.Effect<void, E | SourceLeaseLost, R> =>
    Effect.flatMap(isHeld, (held) => (held ? Effect.void : new SourceLeaseLost({ sourceId: source.id })))

/** `Ingestion` on SQL: every write checks in its own transaction that the lease is held. */
export const IngestionSql: Layer.Layer<Ingestion, never, Database | Ids> = Layer.effect(
  Ingestion,
  Effect.gen(function* () {
    const database = yield* Database
    const ids = yield* Ids
    const onDatabase = Effect.provideService(Database, database)
    const transacted = <A, E>(effect: Effect.Effect<A, E, Database>) => onDatabase(retryTransient(effect))

    const add = Effect.fnUntraced(function* (work: SourceWork, found: ReadonlyArray<FoundItem>) {
      const items = yield* Effect.forEach(found, (item) => Effect.map(ids.snowflake, (id) => ({ id, ...item })))
      if (items.length === 0) return
      const { counted = false, workspaceId } = work
      const held = counted ? yield* query("entitlement.lock", (db) => lockEntitlement(db, workspaceId)) : undefined
      yield* query("ingestion.addItems", (db) => addItems(db, work, items, held?.links_quota ?? null))
    })

    return Ingestion.of({
      claim: (limit, terms) =>
        query("ingestion.claim", (db) => claimSources(db, limit, terms)).pipe(onDatabase, Effect.orDie),
      heartbeat: (leases, durationMs) =>
        query("ingestion.heartbeat", (db) => heartbeat(db, "ingestion", leases, durationMs)).pipe(
          onDatabase,
          Effect.orDie
        ),
      pause: (lease) =>
        query("ingestion.pause", (db) => pauseSource(db, lease)).pipe(onDatabase, Effect.orDie, Effect.asVoid),
      begin: Effect.fn("Ingestion.begin")(
        function* (work, items) {
          yield* query("ingestion.begin", (db) => beginRun(db, work)).pipe(orLost(work))
          yield* add(work, items)
        },
        transacted,
        Effect.catchTag("SqlFailure", Effect.die)
      ),
      known: (work) => query("ingestion.known", (db) => knownLocators(db, work)).pipe(onDatabase, Effect.orDie),
      pending: (work, limit) =>
        query("ingestion.pending", (db) => pendingItems(db, work, limit)).pipe(onDatabase, Effect.orDie),
      filePart: (work, part) =>
        query("ingestion.filePart", (db) => readFilePart(db, work, part)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(Option.fromUndefinedOr)
        ),
      isRepeated: (work, item, contentHash) =>
        query("ingestion.isRepeated", (db) => isRepeated(db, work, item.id, contentHash)).pipe(
          onDatabase,
          Effect.orDie
        ),
      store: Effect.fn("Ingestion.store")(
        function* (work, item, document, chunks) {
          yield* query("ingestion.lockItem", (db) => lockItem(db, work, item.id)).pipe(orLost(work))
          yield* putDocument(work.workspaceId, document, chunks)
        },
        transacted,
        // With the knowledge base its sources are gone.
        (effect, { source }) =>
          Effect.catchTags(effect, {
            KnowledgeBaseNotFound: () => new SourceLeaseLost({ sourceId: source.id }),
            SqlFailure: Effect.die
          })
      ),
      settle: Effect.fn("Ingestion.settle")(
        function* (work, item, outcome) {
          yield* query("ingestion.lockItem", (db) => lockItem(db, work, item.id)).pipe(orLost(work))
          yield* add(work, outcome.found)
          const count = outcome.documentCount ?? item.documentCount
          const surplus = documentIdsOf(item.id, item.documentCount).slice(count)
          if (surplus.length > 0) yield* removeDocuments(work.workspaceId, surplus)
          yield* query("ingestion.settle", (db) => settleItem(db, work, item.id, outcome))
        },
        transacted,
        Effect.catchTag("SqlFailure", Effect.die)
      ),
      removeVanished: Effect.fn("Ingestion.removeVanished")(
        function* (work, limit) {
          const items = yield* query("ingestion.vanished", (db) => lockVanished(db, work, limit))
          const documents = items.flatMap(({ documentCount, id }) => documentIdsOf(id, documentCount))
          if (documents.length > 0) yield* removeDocuments(work.workspaceId, documents)
          const gone = items.map(({ id }) => id)
          if (gone.length > 0) yield* query("ingestion.deleteItems", (db) => deleteItems(db, work, gone))
          return gone.length
        },
        transacted,
        Effect.catchTag("SqlFailure", Effect.die)
      ),
      finish: Effect.fn("Ingestion.finish")(
        function* (work, error) {
          yield* query("ingestion.finish", (db) => finishRun(db, work, error)).pipe(orLost(work))
        },
        transacted,
        Effect.catchTag("SqlFailure", Effect.die)
      ),
      removeSource: ({ source, workspaceId }) => removeSource(workspaceId, source.id).pipe(onDatabase, Effect.orDie)
    })
  })
)
