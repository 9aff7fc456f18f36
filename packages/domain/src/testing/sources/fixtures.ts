import { Effect } from "effect"
import { ChunkId, DocumentId, SourceId, type WorkspaceId } from "../../ids/brands.ts"
import { Ids } from "../../ids/Ids.ts"
import type { IndexedChunk } from "../../knowledge/Chunk.ts"
import type { Document } from "../../knowledge/Document.ts"
import { Ingestion, type ItemOutcome, type PendingItem, type SourceWork } from "../../knowledge/Ingestion.ts"
import type { Knowledge } from "../../knowledge/Knowledge.ts"
import { DEFAULT_KNOWLEDGE_BASE } from "../../knowledge/KnowledgeBase.ts"
import type { KnowledgeBases } from "../../knowledge/KnowledgeBases.ts"
import { KnowledgeSources, type NewSource } from "../../knowledge/KnowledgeSources.ts"
import type { Brands } from "../../whitelabel/Brand.ts"
import type { WhitelabelUsers } from "../../whitelabel/WhitelabelUsers.ts"
import type { Workspaces } from "../../workspace/Workspace.ts"
import { first, newTerms } from "../fixtures.ts"

/** What the suites about sources need of a store. */
export type SourceStore =
  | Brands
  | Ids
  | Ingestion
  | Knowledge
  | KnowledgeBases
  | KnowledgeSources
  | WhitelabelUsers
  | Workspaces

/** Lets time pass for the lane of a source. */
export type Elapse<R> = (id: SourceId, millis: number) => Effect.Effect<void, never, R>

export const MINUTE_MS = 60_000

export const DAY_MS = 86_400_000

/** How long a claim of these suites leases what it claims. */
export const LEASE_MS = 10 * MINUTE_MS

/** A web source as it may be added. */
export const site = Effect.fnUntraced(function* (given: Partial<NewSource> = {}) {
  const ids = yield* Ids
  const source: NewSource = {
    id: SourceId.make(`src_${yield* ids.snowflake}`),
    knowledgeBaseId: DEFAULT_KNOWLEDGE_BASE,
    kind: "site",
    name: "Site",
    url: "https://example.com/",
    maxPages: 3,
    maxDepth: 5,
    syncFrequency: "never",
    ...given
  }
  return source
})

export const sites = (count: number, given: Partial<NewSource> = {}) =>
  Effect.forEach(Array.from({ length: count }), () => site(given))

/** A file as it may be opened. */
export const file = (given: Partial<NewSource> = {}) =>
  site({ kind: "text", name: "File", url: null, maxPages: 1, maxDepth: 0, ...given })

export const addSite = Effect.fnUntraced(function* (workspaceId: WorkspaceId, given: Partial<NewSource> = {}) {
  const source = yield* site(given)
  return yield* first(yield* KnowledgeSources.use((sources) => sources.create(workspaceId, [source])))
})

/** Claims whatever is due, and answers what of it belongs to the workspace. */
export const claimSources = Effect.fnUntraced(function* (workspaceId: WorkspaceId) {
  const terms = yield* newTerms(LEASE_MS)
  const claimed = yield* Ingestion.use((ingestion) => ingestion.claim(100, terms))
  return claimed.filter((work) => work.workspaceId === workspaceId)
})

/** Claims the only source of a workspace that is due. */
export const claimSource = Effect.fnUntraced(function* (workspaceId: WorkspaceId) {
  return yield* first(yield* claimSources(workspaceId))
})

export const firstItem = Effect.fnUntraced(function* (work: SourceWork) {
  return yield* first(yield* Ingestion.use((ingestion) => ingestion.pending(work, 1)))
})

export const page = (path: string, depth = 0) => ({ locator: `https://example.com${path}`, depth })

export const ready: ItemOutcome = { status: "ready", error: null, found: [] }

/** A document of an item, stored where its source belongs. */
export const documentOf = ({ source }: SourceWork, { id }: PendingItem, part: number): Document => ({
  id: DocumentId.make([`doc_${id}`, ...(part === 0 ? [] : [part + 1])].join("_")),
  knowledgeBaseId: source.knowledgeBaseId,
  name: "Page",
  url: null,
  sourceId: source.id,
  kind: "text",
  lang: "en",
  chunkCount: 0,
  createdAt: new Date(1_700_000_000_000),
  content: { kind: "text", text: "words" }
})

/** A chunk that is found by its words. */
export const chunkOf = ({ createdAt, id, lang, name }: Document, index: number, content: string): IndexedChunk => ({
  terms: content.split(" "),
  chunk: {
    id: ChunkId.make(`chunk_${id}_${index}`),
    documentId: id,
    documentName: name,
    documentUrl: null,
    content,
    lang,
    enabled: true,
    source: "test",
    pair: null,
    createdAt
  }
})
