import {
  DEFAULT_KNOWLEDGE_BASE,
  KnowledgeBaseIsDefault,
  KnowledgeBaseNotFound,
  KnowledgeBases,
  TooManyKnowledgeBases
} from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { retryTransient } from "../database/transaction.ts"
import { deleteItemsOf, deleteSources, sourcesIn } from "../ingestion/removeStatements.ts"
import { deleteBase, findBase, insertBase, listBases, lockBase, nextBaseId, renameBase } from "./baseStatements.ts"

/** `KnowledgeBases` on SQL. */
export const KnowledgeBasesSql: Layer.Layer<KnowledgeBases, never, Database> = Layer.effect(
  KnowledgeBases,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return KnowledgeBases.of({
      create: Effect.fn("KnowledgeBases.create")(
        function* (workspaceId, name) {
          const id = yield* query("knowledgeBase.number", (db) => nextBaseId(db, workspaceId))
          if (id === undefined) return yield* new TooManyKnowledgeBases()
          const base = yield* query("knowledgeBase.insert", (db) => insertBase(db, workspaceId, id, name))
          return base ?? (yield* new TooManyKnowledgeBases())
        },
        retryTransient,
        onDatabase,
        Effect.catchTag("SqlFailure", Effect.die)
      ),
      list: (workspaceId) =>
        query("knowledgeBase.list", (db) => listBases(db, workspaceId)).pipe(onDatabase, Effect.orDie),
      find: (workspaceId, id) =>
        query("knowledgeBase.find", (db) => findBase(db, workspaceId, id)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(Option.fromUndefinedOr)
        ),
      rename: Effect.fn("KnowledgeBases.rename")(
        function* (workspaceId, id, name) {
          const base = yield* query("knowledgeBase.rename", (db) => renameBase(db, workspaceId, id, name))
          return base ?? (yield* new KnowledgeBaseNotFound({ knowledgeBaseId: id }))
        },
        onDatabase,
        Effect.catchTag("SqlFailure", Effect.die)
      ),
      remove: Effect.fn("KnowledgeBases.remove")(
        function* (workspaceId, id) {
          if (id === DEFAULT_KNOWLEDGE_BASE) return yield* new KnowledgeBaseIsDefault()
          const isThere = yield* query("knowledgeBase.lock", (db) => lockBase(db, workspaceId, id))
          if (!isThere) return yield* new KnowledgeBaseNotFound({ knowledgeBaseId: id })
          const sources = yield* query("knowledgeBase.sources", (db) => sourcesIn(db, workspaceId, id))
          if (sources.length > 0) {
            yield* query("source.deleteItems", (db) => deleteItemsOf(db, workspaceId, sources))
            yield* query("source.delete", (db) => deleteSources(db, workspaceId, sources))
          }
          yield* query("knowledgeBase.delete", (db) => deleteBase(db, workspaceId, id))
        },
        retryTransient,
        onDatabase,
        Effect.catchTag("SqlFailure", Effect.die)
      )
    })
  })
)
