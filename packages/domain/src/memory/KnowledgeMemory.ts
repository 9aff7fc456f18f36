import { Layer } from "effect"
import { ChunkVectorsMemory } from "./ChunkVectorsMemory.ts"
import { DocumentsMemory } from "./DocumentsMemory.ts"
import { IdsMemory } from "./IdsMemory.ts"
import { IngestionMemory } from "./IngestionMemory.ts"
import { KnowledgeBasesMemory } from "./KnowledgeBasesMemory.ts"
import { KnowledgeSourcesMemory } from "./KnowledgeSourcesMemory.ts"
import { KnowledgeStore } from "./KnowledgeStore.ts"
import { MemoryStore } from "./MemoryStore.ts"

/**
 * `Knowledge`, `KnowledgeBases`, `ChunkVectors`, `KnowledgeSources` and `Ingestion` over one state in memory, which they forget
 * with the layer. Merged with `layerMemory` they hold its workspaces to what those may have.
 */
export const KnowledgeMemory = Layer.mergeAll(
  DocumentsMemory,
  KnowledgeBasesMemory,
  ChunkVectorsMemory,
  KnowledgeSourcesMemory,
  IngestionMemory
).pipe(Layer.provide([KnowledgeStore.layer, MemoryStore.layer, IdsMemory]))
