import { Knowledge } from "../../src/index.ts"
import { knowledgeContract } from "../../src/testing/knowledgeContract.ts"

knowledgeContract("memory", Knowledge.layerMemory)
