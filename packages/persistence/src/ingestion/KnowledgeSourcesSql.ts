import {
  DEFAULT_KNOWLEDGE_BASE,
  FilesLimitReached,
  KnowledgeBaseNotFound,
  KnowledgeSources,
  LinksLimitReached,
  type NewSource,
  SourceItem,
  SourceNotFound,
  UPLOAD_MS,
  Wakeups,
  type WorkspaceId
} from "@butler/domain"
import { Effect, Layer, Option, Schema } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { onConstraint } from "../database/SqlFailure.ts"
import { retryTransient, transaction } from "../database/transaction.ts"
import { lockEntitlement } from "../whitelabel/entitlementStatements.ts"
import { countFiles, countLinks } from "./quotaStatements.ts"
import { removeSource } from "./removeSource.ts"
import { changeSource, markRemoved, requestSync } from "./scheduleStatements.ts"
import { decodeSource, decodeSources } from "./sourceRow.ts"
import { findSource, insertFilePart, insertSources, listItems, listSources, submitSource } from "./sourceStatements.ts"

const decodeItems = Schema.decodeUnknownEffect(Schema.Array(SourceItem))

/** Longer than a removal takes that nothing disturbs. */
const REMOVAL_MS = 60_000

const wake = Effect.flatMap(Wakeups, ({ signal }) => signal("ingestion"))

/** Those that are added at once are all of one. */
const inBase = ([source]: ReadonlyArray<Pick<NewSource, "knowledgeBaseId">>) =>
  onConstraint(
    "knowledge_source_base_fkey",
    () => new KnowledgeBaseNotFound({ knowledgeBaseId: source?.knowledgeBaseId ?? DEFAULT_KNOWLEDGE_BASE })
  )

/** Holds others who would add any off until the transaction ends. */
const admitLinks = Effect.fnUntraced(function* (workspaceId: WorkspaceId, more: number) {
  const entitlement = yield* query("entitlement.lock", (db) => lockEntitlement(db, workspaceId))
  if (entitlement === undefined) return
  const { links_quota: quota } = entitlement
  const used = yield* query("source.countLinks", (db) => countLinks(db, workspaceId))
  if (used + more > quota) return yield* new LinksLimitReached({ quota, used })
})

const admitFile = Effect.fnUntraced(function* (workspaceId: WorkspaceId) {
  const entitlement = yield* query("entitlement.lock", (db) => lockEntitlement(db, workspaceId))
  if (entitlement === undefined) return
  const { files_quota: quota } = entitlement
  const used = yield* query("source.countFiles", (db) => countFiles(db, workspaceId))
  if (used >= quota) return yield* new FilesLimitReached({ quota })
})

/** `KnowledgeSources` on SQL. */
export const KnowledgeSourcesSql: Layer.Layer<KnowledgeSources, never, Database> = Layer.effect(
  KnowledgeSources,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    const create = Effect.fnUntraced(
      function* (workspaceId: WorkspaceId, sources: ReadonlyArray<NewSource>) {
        yield* admitLinks(workspaceId, sources.length)
        const { rows } = yield* query("source.insert", (db) => insertSources(db, workspaceId, sources, "queued", 0))
        return yield* Effect.orDie(decodeSources(rows))
      },
      transaction,
      onDatabase
    )
    const open = Effect.fnUntraced(
      function* (workspaceId: WorkspaceId, source: NewSource) {
        yield* admitFile(workspaceId)
        yield* query("source.insert", (db) => insertSources(db, workspaceId, [source], "uploading", UPLOAD_MS))
      },
      transaction,
      onDatabase
    )
    return KnowledgeSources.of({
      create: (workspaceId, sources) =>
        create(workspaceId, sources).pipe(Effect.catchTag("SqlFailure", inBase(sources)), Effect.tap(wake)),
      open: (workspaceId, source) => open(workspaceId, source).pipe(Effect.catchTag("SqlFailure", inBase([source]))),
      append: Effect.fn("KnowledgeSources.append")(
        function* (workspaceId, id, part, bytes) {
          const isOpen = yield* query("source.append", (db) => insertFilePart(db, workspaceId, id, part, bytes))
          if (!isOpen) return yield* new SourceNotFound({ sourceId: id })
        },
        onDatabase,
        Effect.catchTag("SqlFailure", Effect.die)
      ),
      submit: Effect.fn("KnowledgeSources.submit")(function* (workspaceId, id, file) {
        const { rows } = yield* query("source.submit", (db) => submitSource(db, workspaceId, id, file)).pipe(
          Effect.catch(inBase([file]))
        )
        if (rows.length === 0) return yield* new SourceNotFound({ sourceId: id })
        yield* wake
        return yield* Effect.orDie(decodeSource(rows[0]))
      }, onDatabase),
      list: (workspaceId, page) =>
        query("source.list", (db) => listSources(db, workspaceId, page)).pipe(
          onDatabase,
          Effect.flatMap(({ rows }) => decodeSources(rows)),
          Effect.orDie
        ),
      find: (workspaceId, id) =>
        query("source.find", (db) => findSource(db, workspaceId, id)).pipe(
          onDatabase,
          Effect.flatMap(({ rows }) => decodeSources(rows)),
          Effect.orDie,
          Effect.map((found) => Option.fromUndefinedOr(found[0]))
        ),
      items: Effect.fn("KnowledgeSources.items")(function* (workspaceId, id, page) {
        const rows = yield* Effect.orDie(query("source.items", (db) => listItems(db, workspaceId, id, page)))
        if (rows.length === 0) return yield* new SourceNotFound({ sourceId: id })
        return yield* Effect.orDie(decodeItems(rows.filter((row) => row.id !== null)))
      }, onDatabase),
      change: Effect.fn("KnowledgeSources.change")(function* (workspaceId, id, change) {
        const { rows } = yield* Effect.orDie(query("source.change", (db) => changeSource(db, workspaceId, id, change)))
        if (rows.length === 0) return yield* new SourceNotFound({ sourceId: id })
        yield* wake
        return yield* Effect.orDie(decodeSource(rows[0]))
      }, onDatabase),
      sync: Effect.fn("KnowledgeSources.sync")(function* (workspaceId, id) {
        const { rows } = yield* Effect.orDie(query("source.sync", (db) => requestSync(db, workspaceId, id)))
        if (rows.length === 0) return yield* new SourceNotFound({ sourceId: id })
        yield* wake
        return yield* Effect.orDie(decodeSource(rows[0]))
      }, onDatabase),
      remove: Effect.fn("KnowledgeSources.remove")(
        function* (workspaceId, id) {
          const isMarked = yield* retryTransient(
            query("source.markRemoved", (db) => markRemoved(db, workspaceId, id, REMOVAL_MS))
          )
          if (!isMarked) return yield* new SourceNotFound({ sourceId: id })
          yield* removeSource(workspaceId, id)
        },
        onDatabase,
        Effect.catchTag("SqlFailure", Effect.die)
      )
    })
  })
)
