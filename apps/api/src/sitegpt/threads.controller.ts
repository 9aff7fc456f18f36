import {
  decodeEscalation,
  decodeNewSitegptThread,
  decodePageQuery,
  decodeSitegptThreadChange,
  decodeThreadQuery,
  type SitegptReply
} from "@butler/contracts"
import { ThreadNotFound, Threads } from "@butler/domain"
import { Controller, Get, HttpCode, Patch, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { found } from "../v1/found.ts"
import { changeThread } from "./changeThread.ts"
import { createThread } from "./createThread.ts"
import { escalateThread } from "./escalateThread.ts"
import { findChatbot } from "./findChatbot.ts"
import { isSet } from "./isSet.ts"
import { chatbotOfRequest, threadOfRequest } from "./params.ts"
import { respond } from "./respond.ts"
import { threadResource, threadSummaryResource } from "./threadResource.ts"

/** As many messages of a thread as are shown at once. */
const LATEST = 1000

/** Dialogs as threads. */
@Controller("api/v0/chatbots/:chatbotId/threads")
export class ThreadsController {
  constructor(private readonly effects: EffectRunner) {}

  @Get()
  @Requires("dialogs:read")
  list(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchThreads">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      const { limit, page } = yield* decodePageQuery(request.query)
      const chatbot = yield* findChatbot(place)
      const threads = yield* (yield* Threads).list(place, { offset: (page - 1) * limit, limit })
      return { threads: threads.map((thread) => threadSummaryResource(chatbot, thread)) }
    })
    return respond(this.effects, request, "fetchThreads", program)
  }

  @Post()
  @HttpCode(200)
  @Requires("dialogs:write")
  create(@Req() request: FastifyRequest): Promise<SitegptReply<"createThread">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      const wanted = yield* decodeNewSitegptThread(request.body ?? {})
      const chatbot = yield* findChatbot(place)
      return { thread: threadResource(chatbot, yield* createThread(chatbot, place, wanted), []) }
    })
    return respond(this.effects, request, "createThread", program)
  }

  @Get(":threadId")
  @Requires("dialogs:read")
  find(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchThread">> {
    const program = Effect.gen(function* () {
      const place = yield* threadOfRequest(request)
      const { includeChatUser, skipMessages } = yield* decodeThreadQuery(request.query)
      const chatbot = yield* findChatbot(place)
      const threads = yield* Threads
      const missing = () => new ThreadNotFound({ threadId: place.threadId })
      const thread = yield* threads.find(place).pipe(found(missing))
      const messages = isSet(skipMessages) ? [] : yield* threads.messages(place.workspaceId, place.threadId, LATEST)
      return { thread: threadResource(chatbot, thread, messages, isSet(includeChatUser)) }
    })
    return respond(this.effects, request, "fetchThread", program)
  }

  @Patch(":threadId")
  @Requires("dialogs:write")
  update(@Req() request: FastifyRequest): Promise<SitegptReply<"updateThread">> {
    const program = Effect.gen(function* () {
      const place = yield* threadOfRequest(request)
      const change = yield* decodeSitegptThreadChange(request.body ?? {})
      yield* findChatbot(place)
      return yield* changeThread(callerOf(request), place, change)
    })
    return respond(this.effects, request, "updateThread", program)
  }

  @Post(":threadId/escalate")
  @HttpCode(200)
  @Requires("dialogs:write")
  escalate(@Req() request: FastifyRequest): Promise<SitegptReply<"escalateThread">> {
    const program = Effect.gen(function* () {
      const place = yield* threadOfRequest(request)
      const { escalationPrompt } = yield* decodeEscalation(request.body ?? {})
      return yield* escalateThread(yield* findChatbot(place), place, escalationPrompt || null)
    })
    return respond(this.effects, request, "escalateThread", program)
  }
}
