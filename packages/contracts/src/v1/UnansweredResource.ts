import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { knowledgeBaseId, unansweredQuestionId } from "../fields/ids.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { page, pageQuery } from "../fields/page.ts"
import { optional } from "../fields/unset.ts"
import { said } from "./KnowledgeResource.ts"

export const UnansweredQuestionResource = Schema.Struct({
  id: Schema.String,
  question: Schema.String.annotate({ description: "As it was last asked." }),
  language: Schema.String.annotate({ description: "ISO 639-1." }),
  count: Schema.Int.annotate({ description: "How often it was asked, however it was written." }),
  firstAskedAt: IsoTime,
  lastAskedAt: IsoTime,
  lastAgentId: Schema.String,
  lastDialogId: Schema.String,
  lastTurnId: Schema.String
}).annotate({ identifier: "UnansweredQuestion", description: "A question that the knowledge had no answer to." })
export type UnansweredQuestionResource = typeof UnansweredQuestionResource.Type

export const UnansweredQuestionPage = page("UnansweredQuestionPage", UnansweredQuestionResource)
export type UnansweredQuestionPage = typeof UnansweredQuestionPage.Type

/** The answer that a question gets. */
export const QuestionAnswerInput = Schema.Struct({
  answer: said(20_000),
  question: optional(said(2000), { description: "In place of the question as it was asked." }),
  knowledgeBaseId: optional(knowledgeBaseId, {
    description: "Where the pair belongs; the first knowledge base of the agent that was last asked unless it is sent."
  })
}).annotate({ identifier: "UnansweredQuestionAnswer" })
export const decodeQuestionAnswer = decoder(QuestionAnswerInput)

export const UnansweredParams = Schema.Struct({ questionId: unansweredQuestionId })
export const decodeUnansweredParams = decoder(UnansweredParams)

export const UnansweredListQuery = Schema.Struct(pageQuery)
export const decodeUnansweredListQuery = decoder(UnansweredListQuery)
