import { Context, type Effect, type Option } from "effect"
import type { ChunkId, KnowledgeBaseId, WorkspaceId } from "../ids/brands.ts"

/** Chunks of one knowledge base that have no vector of the model yet. */
export interface VectorWork {
  readonly workspaceId: WorkspaceId
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly model: string
  /** How far the knowledge base was done before, and is with these. */
  readonly from: number
  readonly through: number
  /** `text` is what a chunk is found by: its document's name, and its content. */
  readonly chunks: ReadonlyArray<{ readonly id: ChunkId; readonly text: string }>
}

export interface VectorTerms {
  readonly limit: number
  /** After so long without a word, others may take the work. */
  readonly leaseMs: number
}

/**
 * The vectors of chunks. A chunk is stored and found by its words first; its vector follows, and is made anew when another model
 * takes over. Removed chunks take theirs with them.
 */
export class ChunkVectors extends Context.Service<
  ChunkVectors,
  {
    /** Whether the database can hold vectors; makes room for them where it can. */
    readonly offered: Effect.Effect<boolean>
    /** The next chunks of whatever knowledge base has waited longest. None: all have their vectors. */
    readonly claim: (model: string, terms: VectorTerms) => Effect.Effect<Option.Option<VectorWork>>
    /** Stores a vector for each chunk; nothing where somebody else has taken the work over. */
    readonly store: (work: VectorWork, vectors: ReadonlyArray<ReadonlyArray<number>>) => Effect.Effect<void>
    /** Lays the work aside for so long. */
    readonly putOff: (work: VectorWork, delayMs: number) => Effect.Effect<void>
  }
>()("@butler/domain/ChunkVectors") {}
