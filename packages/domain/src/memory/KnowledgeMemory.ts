import { Layer } from "effect"
import { ChunkVectorsMemory } from "./ChunkVectorsMemory.ts"
import { DocumentsMemory } from "./DocumentsMemory.ts"
import { KnowledgeBasesMemory } from "./KnowledgeBasesMemory.ts"
import { KnowledgeStore } from "./KnowledgeStore.ts"

/** `Knowledge`, `KnowledgeBases` and `ChunkVectors` over one state in memory, which they forget with the layer. */
export const KnowledgeMemory = Layer.mergeAll(DocumentsMemory, KnowledgeBasesMemory, ChunkVectorsMemory).pipe(
  Layer.provide(KnowledgeStore.layer)
)
