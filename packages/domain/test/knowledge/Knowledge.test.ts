import { Layer } from "effect"
import { KnowledgeMemory, layerMemory } from "../../src/index.ts"
import { chunkVectorsContract } from "../../src/testing/chunkVectorsContract.ts"
import { knowledgeBasesContract } from "../../src/testing/knowledgeBasesContract.ts"
import { knowledgeContract } from "../../src/testing/knowledgeContract.ts"

knowledgeContract("memory", KnowledgeMemory)
knowledgeBasesContract("memory", Layer.merge(layerMemory, KnowledgeMemory))
chunkVectorsContract("memory", KnowledgeMemory)
