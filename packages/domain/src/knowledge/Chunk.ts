import { Schema } from "effect"
import type { LoggedChunk } from "../agent/AgentLog.ts"
import { ChunkId, DocumentId } from "../ids/brands.ts"
import type { TermStatistics } from "./bm25.ts"
import { QuestionAnswer } from "./Document.ts"

/** Where chunks come from unless an importer says otherwise. */
export const DEFAULT_SOURCE = "knowledge_base"

/** A passage of a document: small enough to be an answer's ground, large enough to be understood alone. */
export const Chunk = Schema.Struct({
  id: ChunkId,
  documentId: DocumentId,
  documentName: Schema.String,
  /** Where the document can be read; null for what has no address. */
  documentUrl: Schema.NullOr(Schema.String),
  content: Schema.String,
  lang: Schema.String,
  /** A chunk that is not enabled is kept and never found. */
  enabled: Schema.Boolean,
  source: Schema.String,
  /** The question and the whole answer, also where `content` holds only a part of a long one. */
  pair: Schema.NullOr(QuestionAnswer),
  createdAt: Schema.Date
})
export type Chunk = typeof Chunk.Type

/** A chunk with the terms it is found by, each as often as it occurs. */
export interface IndexedChunk {
  readonly chunk: Chunk
  readonly terms: ReadonlyArray<string>
}

/**
 * A chunk a search found; `score` is within 0..1 and comparable within one search only. What it came from is there where more
 * than the words was asked: by the words and by vector (null: not among the best by that), and by a reranker.
 */
export const ScoredChunk = Schema.Struct({
  ...Chunk.fields,
  score: Schema.Finite,
  lexicalScore: Schema.optionalKey(Schema.NullOr(Schema.Finite)),
  vectorScore: Schema.optionalKey(Schema.NullOr(Schema.Finite)),
  fusedScore: Schema.optionalKey(Schema.Finite),
  rerankScore: Schema.optionalKey(Schema.Finite)
})
export type ScoredChunk = typeof ScoredChunk.Type

/** The best chunks first, with what is needed to judge how well they fit. */
export interface KnowledgeMatches {
  readonly chunks: ReadonlyArray<ScoredChunk>
  readonly statistics: TermStatistics
}

/** What a search of nothing finds. */
export const NO_MATCHES: KnowledgeMatches = { chunks: [], statistics: { chunkCount: 0, frequencies: new Map() } }

/** The chunk as logs and searches show it; what was read from the web has its address for a source. */
export const toLoggedChunk = (chunk: ScoredChunk): LoggedChunk => ({
  chunk_id: chunk.id,
  content: chunk.content,
  created_at: Math.floor(chunk.createdAt.getTime() / 1000),
  document_id: chunk.documentId,
  document_name: chunk.documentName,
  enabled: chunk.enabled,
  lang: chunk.lang,
  score: chunk.score,
  source: chunk.documentUrl ?? chunk.source
})
