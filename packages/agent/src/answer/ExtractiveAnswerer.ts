import {
  type AgentLog,
  type Answer,
  Answerer,
  Knowledge,
  type KnowledgeMatches,
  type RunnableTurn,
  searchKnowledge,
  TextAnalyzer,
  toLoggedChunk,
  TurnProgress,
  type TurnStep
} from "@butler/domain"
import { Clock, Effect, Layer } from "effect"
import { type ExtractiveAnswer, extractAnswer } from "./extractAnswer.ts"

/** As many passages as an answer is chosen from. */
const PASSAGES = 8

const hitMessage = (language: string, documents: ReadonlyArray<string>): string =>
  language === "zh" ? `命中知识库内容：${documents.join("、")}` : `Answered from ${documents.join(", ")}`

const knowledgeLogs = (
  turn: RunnableTurn,
  language: string,
  matches: KnowledgeMatches,
  answer: ExtractiveAnswer,
  timestamp: number
): ReadonlyArray<AgentLog> => {
  if (answer._tag === "Greeting") return []
  const searched: AgentLog = { type: "knowledge", kb: matches.chunks.map(toLoggedChunk), timestamp }
  if (answer._tag === "NothingFound") return [searched]
  const documents = [...new Set(answer.chunks.map((chunk) => chunk.documentName))]
  const hit: AgentLog = {
    type: "knowledge_hit",
    name: turn.agent.name,
    message: hitMessage(language, documents),
    status: "success",
    kb: answer.chunks.map(toLoggedChunk),
    entity: { name: "document", values: documents },
    timestamp
  }
  return [searched, hit]
}

/** Answers from the knowledge base without a model: the best passages in their own words, or plainly that there are none. */
export const answerExtractively = Effect.fn("answerExtractively")(function* (turn: RunnableTurn) {
  const analyzer = yield* TextAnalyzer
  const progress = yield* TurnProgress
  const begun = yield* Clock.currentTimeMillis
  const language = analyzer.detectLanguage(turn.query)
  const status = language.certain ? "certain" : "uncertain"
  const judged: AgentLog = { type: "language", message: language.name, status, timestamp: begun }
  yield* progress.log(judged)
  const matches = yield* searchKnowledge({
    workspaceId: turn.workspaceId,
    knowledgeBaseIds: turn.agent.settings?.knowledgeBases,
    query: turn.query,
    limit: PASSAGES,
    language
  })
  const searched = yield* Clock.currentTimeMillis
  const answer = extractAnswer({ query: turn.query, language, matches, agentName: turn.agent.name })
  const logs = knowledgeLogs(turn, language.code, matches, answer, searched)
  yield* Effect.forEach(logs, progress.log, { discard: true })
  yield* progress.delta(answer.text)
  const ended = yield* Clock.currentTimeMillis
  const steps: ReadonlyArray<TurnStep> = [
    { name: "knowledge", startedAt: begun, durationMs: searched - begun, outcome: "ok" },
    { name: "answer", startedAt: searched, durationMs: ended - searched, outcome: "ok" }
  ]
  return {
    parts: [{ contentType: "text", content: answer.text, url: "" }],
    agentLogs: [judged, ...logs],
    steps
  } satisfies Answer
})

/** The answerer that needs no model. Deterministic. */
export const ExtractiveAnswerer: Layer.Layer<Answerer, never, Knowledge | TextAnalyzer> = Layer.effect(
  Answerer,
  Effect.gen(function* () {
    const context = yield* Effect.context<Knowledge | TextAnalyzer>()
    return Answerer.of({ answer: (turn) => Effect.provideContext(answerExtractively(turn), context) })
  })
)
