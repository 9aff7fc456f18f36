import { Schema } from "effect"
import { AgentId, DialogId, TurnId } from "../ids/brands.ts"

/** Bears the id of the turn that first asked it. */
export const UnansweredQuestionId = Schema.String.check(Schema.isPattern(/^unq_[1-9]\d{0,18}$/)).pipe(
  Schema.brand("UnansweredQuestionId")
)
export type UnansweredQuestionId = typeof UnansweredQuestionId.Type

/** A question that the knowledge had no answer to, however it was written and as often as it was asked. */
export const UnansweredQuestion = Schema.Struct({
  id: UnansweredQuestionId,
  /** As it was last asked. */
  question: Schema.String,
  language: Schema.String,
  /** How many turns asked it. */
  count: Schema.Int,
  firstAskedAt: Schema.Date,
  lastAskedAt: Schema.Date,
  lastAgentId: AgentId,
  lastDialogId: DialogId,
  lastTurnId: TurnId
})
export type UnansweredQuestion = typeof UnansweredQuestion.Type

/** The question is not among the open ones of this workspace. */
export class UnansweredQuestionNotFound extends Schema.TaggedError<UnansweredQuestionNotFound>()(
  "UnansweredQuestionNotFound",
  { questionId: UnansweredQuestionId }
) {
  override get message(): string {
    return `there is no open question ${this.questionId}`
  }
}

/** What is kept of a question: more is no question. */
const LONGEST = 2000

/** The question as it is kept. */
export const keptQuestion = (question: string): string =>
  [...question.toWellFormed().replaceAll("\u0000", "").trim()].slice(0, LONGEST).join("")

/** Questions that differ in case, spaces and punctuation alone are one; empty for what asks nothing. */
export const normaliseQuestion = (question: string): string =>
  keptQuestion(question)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{C}\s]+/gu, " ")
    .trim()
