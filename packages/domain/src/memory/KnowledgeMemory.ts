import { Layer } from "effect"
import { DocumentsMemory } from "./DocumentsMemory.ts"
import { KnowledgeBasesMemory } from "./KnowledgeBasesMemory.ts"
import { KnowledgeStore } from "./KnowledgeStore.ts"

/** `Knowledge` and `KnowledgeBases` over one state in memory, which they forget with the layer. */
export const KnowledgeMemory = Layer.mergeAll(DocumentsMemory, KnowledgeBasesMemory).pipe(
  Layer.provide(KnowledgeStore.layer)
)
