import { Context, Layer } from "effect"
import type { DocumentId, KnowledgeBaseId, SourceId, WorkspaceId } from "../ids/brands.ts"
import type { Chunk, IndexedChunk } from "../knowledge/Chunk.ts"
import type { Document } from "../knowledge/Document.ts"
import type { Embedding } from "../knowledge/Embeddings.ts"
import { DEFAULT_KNOWLEDGE_BASE, DEFAULT_KNOWLEDGE_BASE_NAME } from "../knowledge/KnowledgeBase.ts"
import type { StoredSource } from "./StoredSource.ts"

export interface StoredDocument {
  readonly document: Document
  readonly sequence: number
  readonly chunks: ReadonlyArray<IndexedChunk>
}

export interface StoredKnowledge {
  readonly bases: Map<KnowledgeBaseId, { readonly name: string; readonly createdAt: Date }>
  readonly documents: Map<DocumentId, StoredDocument>
  readonly sources: Map<SourceId, StoredSource>
  /** Gone with their chunk; one that takes its place has none yet. */
  readonly vectors: WeakMap<Chunk, Embedding>
  /** Until when the vectors of a knowledge base are somebody's work. */
  readonly leasedUntil: Map<KnowledgeBaseId, number>
  lastBase: number
  lastSequence: number
}

const start = (): StoredKnowledge => ({
  bases: new Map([[DEFAULT_KNOWLEDGE_BASE, { name: DEFAULT_KNOWLEDGE_BASE_NAME, createdAt: new Date(0) }]]),
  documents: new Map(),
  sources: new Map(),
  vectors: new WeakMap(),
  leasedUntil: new Map(),
  lastBase: DEFAULT_KNOWLEDGE_BASE,
  lastSequence: 0
})

/** The state that the memory ports of knowledge share. */
export class KnowledgeStore extends Context.Service<
  KnowledgeStore,
  {
    readonly of: (workspaceId: WorkspaceId) => StoredKnowledge
    readonly all: () => ReadonlyArray<readonly [WorkspaceId, StoredKnowledge]>
  }
>()("@butler/domain/KnowledgeStore") {
  static readonly layer = Layer.sync(KnowledgeStore, () => {
    const workspaces = new Map<WorkspaceId, StoredKnowledge>()
    const of = (workspaceId: WorkspaceId): StoredKnowledge => {
      const found = workspaces.get(workspaceId) ?? start()
      workspaces.set(workspaceId, found)
      return found
    }
    return KnowledgeStore.of({ of, all: () => [...workspaces] })
  })
}
