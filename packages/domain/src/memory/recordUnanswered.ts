import {
  keptQuestion,
  normaliseQuestion,
  type UnansweredQuestion,
  UnansweredQuestionId
} from "../knowledge/UnansweredQuestion.ts"
import type { RunnableTurn } from "../turn/Turns.ts"
import type { StoredWorkspace } from "./MemoryStore.ts"

export interface StoredQuestion {
  readonly question: UnansweredQuestion
  readonly status: "answered" | "dismissed" | "open"
}

/** Counts the question of a turn once. */
export const recordUnanswered = (
  { unanswered }: Pick<StoredWorkspace, "unanswered">,
  turn: Pick<RunnableTurn, "agent" | "dialogId" | "id">,
  asked: { readonly question: string; readonly language: string },
  now: Date
): void => {
  const key = normaliseQuestion(asked.question)
  const known = unanswered.get(key)
  if (key === "" || known?.question.lastTurnId === turn.id) return
  const question: UnansweredQuestion = {
    id: known?.question.id ?? UnansweredQuestionId.make(`unq_${turn.id}`),
    question: keptQuestion(asked.question),
    language: asked.language,
    count: (known?.question.count ?? 0) + 1,
    firstAskedAt: known?.question.firstAskedAt ?? now,
    lastAskedAt: now,
    lastAgentId: turn.agent.id,
    lastDialogId: turn.dialogId,
    lastTurnId: turn.id
  }
  unanswered.set(key, { question, status: known?.status === "dismissed" ? "dismissed" : "open" })
}
