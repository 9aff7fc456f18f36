import { type KnowledgeMatches, type ScoredChunk, searchKnowledge } from "@butler/domain"
import { Exit, Struct } from "effect"
import type { StepFacts } from "./Journal.ts"
import type { TurnWork } from "./TurnWork.ts"

/** Where there are no vectors, a score is one of words alone. */
const explained = ({ documentName, id, ...chunk }: ScoredChunk) => ({
  chunkId: id,
  documentName,
  lexicalScore: chunk.score,
  ...Struct.pick(chunk, ["score", "lexicalScore", "vectorScore", "fusedScore", "rerankScore"])
})

const factsOf = (exit: Exit.Exit<KnowledgeMatches>): StepFacts =>
  Exit.isSuccess(exit) ? { detail: { chunks: exit.value.chunks.map(explained) } } : {}

/** What the knowledge of the turn's agent has on the turn's query. */
export const searchForTurn = ({ journal, turn, written }: TurnWork, limit: number) => {
  const { agent, query, workspaceId } = turn
  const knowledgeBaseIds = agent.settings?.knowledgeBases
  const search = searchKnowledge({ workspaceId, knowledgeBaseIds, query, limit, language: written })
  return journal.timed("knowledge", search, factsOf)
}
