import {
  type AgentLog,
  type Answer,
  AnswerFailed,
  type DetectedLanguage,
  type RunnableTurn,
  type ScoredChunk,
  searchKnowledge,
  TextAnalyzer,
  toLoggedChunk,
  TurnProgress
} from "@butler/domain"
import { Clock, Effect } from "effect"
import { buildPrompt } from "./buildPrompt.ts"
import type { ChosenModel } from "./chooseModel.ts"
import { generate } from "./generate.ts"
import type { ModelLimits } from "./modelLimits.ts"
import { recentHistory } from "./recentHistory.ts"
import { spokenText } from "./spokenText.ts"
import { makeStepRecorder } from "./stepRecorder.ts"

/** The best passages that fit together; the first one always does. */
const fitting = (chunks: ReadonlyArray<ScoredChunk>, limits: ModelLimits): ReadonlyArray<ScoredChunk> => {
  let left = limits.passageCharacters
  return chunks.slice(0, limits.passages).filter(({ content, pair }, index) => {
    left -= pair === null ? content.length : pair.question.length + pair.answer.length
    return index === 0 || left >= 0
  })
}

const languageLog = ({ certain, name }: DetectedLanguage, timestamp: number): AgentLog => ({
  type: "language",
  message: name,
  status: certain ? "certain" : "uncertain",
  timestamp
})

const hitLog = (turn: RunnableTurn, passages: ReadonlyArray<ScoredChunk>, timestamp: number): AgentLog => ({
  type: "knowledge_hit",
  name: turn.agent.name,
  message: `the model was given ${passages.length} passages`,
  status: "success",
  kb: passages.map(toLoggedChunk),
  entity: { name: "document", values: [...new Set(passages.map(({ documentName }) => documentName))] },
  timestamp
})

/** Answers a turn with a model that is told what the knowledge says and what was said before. */
export const answerWithModel = Effect.fn("Model.answer")(function* (
  turn: RunnableTurn,
  { endpoint, temperature }: ChosenModel,
  limits: ModelLimits
) {
  const analyzer = yield* TextAnalyzer
  const progress = yield* TurnProgress
  const recorder = makeStepRecorder()
  const agentLogs: Array<AgentLog> = []
  const log = (make: (timestamp: number) => AgentLog) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) => {
      const entry = make(now)
      agentLogs.push(entry)
      return progress.log(entry)
    })

  const language = analyzer.detectLanguage(turn.query)
  yield* log((now) => languageLog(language, now))
  const search = searchKnowledge({
    workspaceId: turn.workspaceId,
    knowledgeBaseIds: turn.agent.settings?.knowledgeBases,
    query: turn.query,
    limit: limits.passages,
    language
  })
  const [{ chunks }, history] = yield* Effect.all(
    [recorder.timed("knowledge", search), recorder.timed("history", recentHistory(turn, limits))],
    { concurrency: 2 }
  )
  const passages = fitting(chunks, limits)
  yield* log((timestamp) => ({ type: "knowledge", kb: chunks.map(toLoggedChunk), timestamp }))
  if (passages.length > 0) yield* log((now) => hitLog(turn, passages, now))

  const query = spokenText(turn.query, turn.attachments)
  const messages = buildPrompt({ agent: turn.agent, language, passages, history, query })
  const { text } = yield* generate({ endpoint, messages, temperature }, limits, recorder).pipe(
    Effect.tapError(({ detail }) =>
      Effect.logWarning("the model gave no answer").pipe(
        Effect.annotateLogs({ turnId: turn.id, because: detail, model: endpoint.model })
      )
    ),
    Effect.catchTag(
      "ModelFailed",
      ({ detail, type }) => new AnswerFailed({ turnId: turn.id, type, detail, agentLogs, steps: recorder.steps })
    )
  )
  const answer: Answer = { parts: [{ contentType: "text", content: text, url: "" }], agentLogs, steps: recorder.steps }
  return answer
})
