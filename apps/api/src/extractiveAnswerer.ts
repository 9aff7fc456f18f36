import { extractAnswer } from "@butler/agent"
import {
  type AgentLog,
  Answerer,
  type Answer,
  Knowledge,
  type RunnableTurn,
  searchKnowledge,
  TextAnalyzer,
  toLoggedChunk
} from "@butler/domain"
import { Clock, Context, Effect, Layer } from "effect"

const PASSAGES = 5

const answer = Effect.fn("extractiveAnswerer")(function* ({ agent, query, workspaceId }: RunnableTurn) {
  const language = (yield* TextAnalyzer).detectLanguage(query)
  const startedAt = yield* Clock.currentTimeMillis
  const matches = yield* searchKnowledge({ workspaceId, query, limit: PASSAGES, language })
  const timestamp = yield* Clock.currentTimeMillis
  const found = extractAnswer({ query, language, matches, agentName: agent.name })
  const agentLogs: ReadonlyArray<AgentLog> = [
    { type: "language", message: language.name, status: language.certain ? "certain" : "uncertain", timestamp },
    { type: "knowledge", kb: matches.chunks.map(toLoggedChunk), timestamp },
    ...(found._tag === "Grounded"
      ? [
          {
            type: "knowledge_hit" as const,
            name: agent.name,
            message: found.chunks.map(({ documentName }) => documentName).join(", "),
            status: "success",
            kb: found.chunks.map(toLoggedChunk),
            entity: { name: "document", values: found.chunks.map(({ documentName }) => documentName) },
            timestamp
          }
        ]
      : [])
  ]
  const step = { name: "knowledge", startedAt, durationMs: timestamp - startedAt, outcome: "ok" as const }
  const result: Answer = { parts: [{ contentType: "text", content: found.text, url: "" }], agentLogs, steps: [step] }
  return result
})

/** Answers from the best knowledge passages, without a model. */
export const ExtractiveAnswerer: Layer.Layer<Answerer, never, Knowledge | TextAnalyzer> = Layer.effect(
  Answerer,
  Effect.map(Effect.context<Knowledge | TextAnalyzer>(), (context) =>
    Answerer.of({
      answer: (turn) => Effect.provideContext(answer(turn), Context.pick(Knowledge, TextAnalyzer)(context))
    })
  )
)
