import {
  decodeQuestionAnswer,
  decodeUnansweredListQuery,
  decodeUnansweredParams,
  type DocumentSummaryResource,
  type UnansweredQuestionPage,
  type UnansweredQuestionResource
} from "@butler/contracts"
import { answerQuestion, type UnansweredQuestion, UnansweredQuestions } from "@butler/domain"
import { Controller, Delete, Get, HttpCode, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { unansweredCursor } from "./cursor.ts"
import { documentSummaryResource } from "./resources.ts"
import { v1Refusal } from "./v1Refusal.ts"

const resource = (question: UnansweredQuestion): UnansweredQuestionResource => ({
  ...question,
  firstAskedAt: question.firstAskedAt.toISOString(),
  lastAskedAt: question.lastAskedAt.toISOString()
})

@Controller("v1/knowledge/unanswered")
export class UnansweredController {
  constructor(private readonly effects: EffectRunner) {}

  @Get()
  @Requires("knowledge:read")
  list(@Req() request: FastifyRequest): Promise<UnansweredQuestionPage> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { cursor, limit } = yield* decodeUnansweredListQuery(request.query)
      const after = yield* unansweredCursor.decode(cursor)
      const questions = yield* (yield* UnansweredQuestions).list(workspaceId, { limit: limit + 1, after })
      const last = questions.length > limit ? questions[limit - 1] : undefined
      return {
        data: questions.slice(0, limit).map(resource),
        nextCursor:
          last === undefined ? null : unansweredCursor.encode({ count: last.count, id: last.id.replace("unq_", "") })
      }
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post(":questionId/answer")
  @Requires("knowledge:write")
  answer(@Req() request: FastifyRequest): Promise<DocumentSummaryResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { questionId: id } = yield* decodeUnansweredParams(request.params)
      const { answer, knowledgeBaseId, question } = yield* decodeQuestionAnswer(request.body)
      return documentSummaryResource(yield* answerQuestion({ workspaceId, id, answer, question, knowledgeBaseId }))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Delete(":questionId")
  @HttpCode(204)
  @Requires("knowledge:write")
  dismiss(@Req() request: FastifyRequest): Promise<void> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeUnansweredParams(request.params), ({ questionId }) =>
      UnansweredQuestions.use((questions) => questions.close(workspaceId, questionId, "dismissed"))
    )
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }
}
