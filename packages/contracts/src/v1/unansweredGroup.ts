import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { DocumentSummaryResource } from "./KnowledgeResource.ts"
import { bodyProblems, commonProblems, native, problems } from "./native.ts"
import {
  QuestionAnswerInput,
  UnansweredListQuery,
  UnansweredParams,
  UnansweredQuestionPage
} from "./UnansweredResource.ts"

const ofQuestion = [...commonProblems, "unanswered_question_not_found"] as const
const ofAnswer = [...bodyProblems, "unanswered_question_not_found", "knowledge_base_not_found"] as const

const PATH = "/v1/knowledge/unanswered"
const ONE = `${PATH}/:questionId` as const

const list = HttpApiEndpoint.get("listUnansweredQuestions", PATH, {
  query: UnansweredListQuery,
  success: UnansweredQuestionPage,
  error: problems(commonProblems)
}).annotateMerge(
  native({
    operationId: "listUnansweredQuestions",
    summary: "List what could not be answered",
    description:
      "Questions that the knowledge had no answer to, those that are asked most often first. Needs the scope `knowledge:read`.",
    errors: commonProblems
  })
)

const answer = HttpApiEndpoint.post("answerQuestion", `${ONE}/answer`, {
  params: UnansweredParams,
  payload: QuestionAnswerInput,
  success: DocumentSummaryResource.pipe(HttpApiSchema.status(201)),
  error: problems(ofAnswer)
}).annotateMerge(
  native({
    operationId: "answerQuestion",
    summary: "Answer a question from now on",
    description:
      "Makes a pair of the question and its answer, which is given verbatim from then on, and takes the question from the list. Needs the scope `knowledge:write`.",
    errors: ofAnswer,
    request: { answer: { summary: "An answer", value: { answer: "Not to Mars, but everywhere else." } } }
  })
)

const dismiss = HttpApiEndpoint.delete("dismissQuestion", ONE, {
  params: UnansweredParams,
  success: HttpApiSchema.NoContent.annotate({ description: "The question is not listed again." }),
  error: problems(ofQuestion)
}).annotateMerge(
  native({
    operationId: "dismissQuestion",
    summary: "Dismiss a question",
    description:
      "For what needs no answer: it is not listed again, however often it is asked. Needs the scope `knowledge:write`.",
    errors: ofQuestion
  })
)

/** What the knowledge has no answer to. */
export const unansweredGroup = HttpApiGroup.make("unanswered")
  .add(list, answer, dismiss)
  .middleware(Authorization)
  .annotateMerge(
    OpenApi.annotations({ title: "Unanswered questions", description: "What the knowledge has no answer to." })
  )
