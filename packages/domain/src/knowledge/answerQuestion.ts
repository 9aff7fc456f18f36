import { Effect, Option } from "effect"
import { Agents } from "../agent/Agents.ts"
import { DocumentId, type KnowledgeBaseId, type WorkspaceId } from "../ids/brands.ts"
import { displayName } from "./displayName.ts"
import { ingestDocument } from "./ingestDocument.ts"
import { DEFAULT_KNOWLEDGE_BASE } from "./KnowledgeBase.ts"
import { type UnansweredQuestion, type UnansweredQuestionId, UnansweredQuestionNotFound } from "./UnansweredQuestion.ts"
import { UnansweredQuestions } from "./UnansweredQuestions.ts"

export interface QuestionAnswered {
  readonly workspaceId: WorkspaceId
  readonly id: UnansweredQuestionId
  readonly answer: string
  /** In place of the first one of the agent that was last asked. */
  readonly knowledgeBaseId?: KnowledgeBaseId | undefined
  /** In place of the question as it was asked. */
  readonly question?: string | undefined
}

const baseOf = Effect.fnUntraced(function* (workspaceId: WorkspaceId, { lastAgentId }: UnansweredQuestion) {
  const agent = yield* Agents.use((agents) => agents.find(workspaceId, lastAgentId))
  return Option.getOrUndefined(agent)?.settings?.knowledgeBases?.[0] ?? DEFAULT_KNOWLEDGE_BASE
})

/** Makes a pair of an open question and its answer. The document bears the question's id, so that twice is once. */
export const answerQuestion = Effect.fn("Knowledge.answerQuestion")(function* (command: QuestionAnswered) {
  const { answer, id, workspaceId } = command
  const questions = yield* UnansweredQuestions
  const found = yield* questions.find(workspaceId, id)
  if (Option.isNone(found)) return yield* new UnansweredQuestionNotFound({ questionId: id })
  const question = command.question ?? found.value.question
  const document = yield* ingestDocument({
    workspaceId,
    id: DocumentId.make(`doc_${id}`),
    name: displayName(question, id),
    content: { kind: "pairs", pairs: [{ question, answer }] },
    knowledgeBaseId: command.knowledgeBaseId ?? (yield* baseOf(workspaceId, found.value))
  }).pipe(Effect.catchTag("ChunkIdTaken", Effect.die))
  yield* questions.close(workspaceId, id, "answered")
  return document
})
