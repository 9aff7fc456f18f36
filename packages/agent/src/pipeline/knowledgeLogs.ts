import { type KnowledgeMatches, type ScoredChunk, toLoggedChunk, type UndatedLog } from "@butler/domain"
import type { TurnWork } from "./TurnWork.ts"

const hitMessage = (language: string, documents: ReadonlyArray<string>): string =>
  language === "zh" ? `命中知识库内容：${documents.join("、")}` : `Answered from ${documents.join(", ")}`

/** The knowledge was searched. */
export const searchedLog = ({ chunks }: KnowledgeMatches): UndatedLog => ({
  type: "knowledge",
  kb: chunks.map(toLoggedChunk)
})

/** The answer rests on these chunks. */
export const hitLog = ({ language, turn }: TurnWork, chunks: ReadonlyArray<ScoredChunk>): UndatedLog => {
  const documents = [...new Set(chunks.map(({ documentName }) => documentName))]
  return {
    type: "knowledge_hit",
    name: turn.agent.name,
    message: hitMessage(language.code, documents),
    status: "success",
    kb: chunks.map(toLoggedChunk),
    entity: { name: "document", values: documents }
  }
}
