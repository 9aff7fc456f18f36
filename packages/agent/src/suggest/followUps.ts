import type { AgentLog, LoggedChunk } from "@butler/domain"

const PAIR = /^Q:(.+)$/m
const HEADING = /^#{1,6}\s+(.+?)\s*#*$/gm

const MAX_LENGTH = 120

/** What a chunk is about, in words that could be asked: the question of a pair, the headings of a text. */
const subjectsOf = ({ content }: LoggedChunk): ReadonlyArray<string> => {
  const [, question] = PAIR.exec(content) ?? []
  if (question !== undefined) return [question.trim()]
  return Array.from(content.matchAll(HEADING), ([, heading = ""]) => heading.trim())
}

const folded = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "")

/**
 * What might be asked next, without a model: what else the knowledge holds near the answer, as the search for it came across,
 * nearest first. What was asked, and what was answered from, is left out.
 */
export const followUps = (query: string, logs: ReadonlyArray<AgentLog>, count: number): ReadonlyArray<string> => {
  const found = logs.flatMap((log) => (log.type === "knowledge" ? log.kb : []))
  const used = logs.flatMap((log) => (log.type === "knowledge_hit" ? log.kb : []))
  if (used.length === 0) return []
  const seen = new Set(
    [query, ...used.flatMap((chunk) => (PAIR.test(chunk.content) ? subjectsOf(chunk) : []))].map(folded)
  )
  const subjects: Array<string> = []
  for (const subject of found.flatMap(subjectsOf)) {
    const key = folded(subject)
    if (key === "" || seen.has(key) || subject.length > MAX_LENGTH) continue
    seen.add(key)
    subjects.push(subject)
  }
  return subjects.slice(0, count)
}
