import type { AgentLog, LoggedChunk } from "@butler/domain"

const PAIR = /^Q:(.+)$/m
const HEADING = /^#{1,6}\s+(.+?)\s*#*$/gm

const MAX_LENGTH = 120

const folded = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "")

/** What a chunk is about, in words that could be asked: the question of a pair, the headings of a text below its title. */
const subjectsOf = ({ content, document_name }: LoggedChunk): ReadonlyArray<string> => {
  const [, question] = PAIR.exec(content) ?? []
  if (question !== undefined) return [question.trim()]
  const headings = Array.from(content.matchAll(HEADING), ([, heading = ""]) => heading.trim())
  return headings.filter((heading) => folded(heading) !== folded(document_name))
}

/** The short ones among questions, each once, without those that were asked already. */
export const distinctQuestions = (
  questions: ReadonlyArray<string>,
  asked: ReadonlyArray<string>
): ReadonlyArray<string> => {
  const seen = new Set(asked.map(folded))
  return questions
    .map((question) => question.trim())
    .filter((question) => {
      const key = folded(question)
      if (key === "" || seen.has(key) || question.length > MAX_LENGTH) return false
      seen.add(key)
      return true
    })
}

/** What the search for an answer came across, nearest first. */
export const knowledgeNear = (logs: ReadonlyArray<AgentLog>): ReadonlyArray<LoggedChunk> =>
  logs.flatMap((log) => (log.type === "knowledge" ? log.kb : []))

/**
 * What might be asked next, without a model: what else the knowledge holds near the answer, as the search for it came across,
 * nearest first. What was asked, and what was answered from, is left out.
 */
export const followUps = (query: string, logs: ReadonlyArray<AgentLog>, count: number): ReadonlyArray<string> => {
  const used = logs.flatMap((log) => (log.type === "knowledge_hit" ? log.kb : []))
  if (used.length === 0) return []
  // Of a chunk about several things nobody knows which the answer was from.
  const answered = used.map(subjectsOf).filter(({ length }) => length === 1)
  return distinctQuestions(knowledgeNear(logs).flatMap(subjectsOf), [query, ...answered.flat()]).slice(0, count)
}
