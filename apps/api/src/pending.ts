import { Answerer } from "@butler/domain"
import { Effect, Layer } from "effect"
import { TextAnalyzerSnowball } from "../../../packages/agent/src/text/TextAnalyzerSnowball.ts"
import { KnowledgeSql } from "../../../packages/persistence/src/knowledge/KnowledgeSql.ts"

export const KnowledgeLayer = KnowledgeSql
export const TextAnalyzerLayer = TextAnalyzerSnowball
export const AnswererLayer = Layer.succeed(Answerer, {
  answer: (turn) =>
    Effect.succeed({
      parts: [{ contentType: "text" as const, content: `echo ${turn.query}`, url: "" }],
      agentLogs: [],
      steps: []
    })
})
