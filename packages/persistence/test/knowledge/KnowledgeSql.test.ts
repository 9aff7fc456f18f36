import { knowledgeContract } from "@butler/domain/testing"
import { Layer } from "effect"
import { KnowledgeSql } from "../../src/knowledge/KnowledgeSql.ts"
import { engines } from "../../src/testing/index.ts"

for (const [name, database] of engines) knowledgeContract(name, KnowledgeSql.pipe(Layer.provide(database)))
