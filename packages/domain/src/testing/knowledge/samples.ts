import { Effect } from "effect"
import { ChunkId, DocumentId, WorkspaceId } from "../../ids/brands.ts"
import type { IndexedChunk, KnowledgeMatches } from "../../knowledge/Chunk.ts"
import type { Document } from "../../knowledge/Document.ts"
import { Knowledge } from "../../knowledge/Knowledge.ts"
import { DEFAULT_KNOWLEDGE_BASE } from "../../knowledge/KnowledgeBase.ts"
import type { QueryTerm } from "../../knowledge/TextAnalyzer.ts"

let workspaces = 0

/** A workspace no other test uses. */
export const freshWorkspace = Effect.sync(() =>
  WorkspaceId.make(`00000000-0000-4000-8000-${String(++workspaces).padStart(12, "0")}`)
)

/** A document as it is put. */
export interface Sample {
  readonly document: Document
  readonly chunks: ReadonlyArray<IndexedChunk>
}

/** A document whose chunks are given as words; a chunk that begins with "-" is not enabled. */
export const sample = (name: string, texts: ReadonlyArray<string>, millis = 0): Sample => {
  const id = DocumentId.make(`doc_${name}`)
  const createdAt = new Date(1_700_000_000_000 + millis)
  const chunks = texts.map((text, index): IndexedChunk => ({
    terms: text.split(" ").filter((term) => term !== "" && term !== "-"),
    chunk: {
      id: ChunkId.make(`chunk_${name}_${index}`),
      documentId: id,
      documentName: `Name of ${name}`,
      documentUrl: `https://example.com/${name}`,
      content: text,
      lang: "en",
      enabled: !text.startsWith("-"),
      source: "knowledge_base",
      pair: null,
      createdAt
    }
  }))
  const content = { kind: "text", text: texts.join("\n") } as const
  const kept = { name: `Name of ${name}`, url: `https://example.com/${name}`, sourceId: null, lang: "en", createdAt }
  const fields = { ...kept, knowledgeBaseId: DEFAULT_KNOWLEDGE_BASE, kind: content.kind, chunkCount: chunks.length }
  return { document: { id, ...fields, content }, chunks }
}

const terms = (text: string): ReadonlyArray<QueryTerm> =>
  text.split(" ").map((term, word) => ({ term, weight: 1, word }))

export const put = Effect.fnUntraced(function* (workspaceId: WorkspaceId, { document, chunks }: Sample) {
  return yield* (yield* Knowledge).put(workspaceId, document, chunks)
})

export const search = Effect.fnUntraced(function* (workspaceId: WorkspaceId, text: string, limit = 10) {
  const query = { knowledgeBaseIds: [DEFAULT_KNOWLEDGE_BASE], terms: terms(text), limit }
  return yield* (yield* Knowledge).search(workspaceId, query)
})

/** The whole list of the default knowledge base. */
export const all = { knowledgeBaseId: DEFAULT_KNOWLEDGE_BASE, after: null }

export const idsOf = ({ chunks }: KnowledgeMatches) => chunks.map(({ id }) => id)

/** What is found, to nine digits: engines add in different orders. */
export const digest = ({ chunks, statistics }: KnowledgeMatches) => ({
  chunks: chunks.map(({ id, score }) => `${id} ${score.toFixed(9)}`).toSorted(),
  chunkCount: statistics.chunkCount,
  frequencies: [...statistics.frequencies].toSorted(([a], [b]) => (a < b ? -1 : 1))
})
