import { decodeAppearanceChange, decodeNewChatbot, decodePageQuery, type SitegptReply } from "@butler/contracts"
import { Chatbots } from "@butler/domain"
import { Controller, Delete, Get, HttpCode, Patch, Post, Req } from "@nestjs/common"
import { Effect, Result } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { changeChatbot } from "./changeChatbot.ts"
import { chatbotResource } from "./chatbotResource.ts"
import { createChatbot } from "./createChatbot.ts"
import { deleteChatbot } from "./deleteChatbot.ts"
import { findChatbot } from "./findChatbot.ts"
import { originOf } from "./iconUrls.ts"
import { ownerOf } from "./ownerOf.ts"
import { chatbotOfRequest } from "./params.ts"
import { respond } from "./respond.ts"

/** The SiteGPT v0 API's chatbots. */
@Controller("api/v0/chatbots")
export class ChatbotsController {
  constructor(private readonly effects: EffectRunner) {}

  @Get()
  @Requires("agents:read")
  list(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchChatbots">> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { limit, page } = yield* decodePageQuery(request.query)
      const listed = Chatbots.use((all) => all.list(workspaceId, { offset: (page - 1) * limit, limit }))
      const [owner, chatbots] = yield* Effect.all([ownerOf(workspaceId), listed], { concurrency: 2 })
      return { chatbots: chatbots.map((chatbot) => chatbotResource(owner, chatbot, originOf(request))) }
    })
    return respond(this.effects, request, "fetchChatbots", program)
  }

  @Post()
  @HttpCode(200)
  @Requires("agents:write")
  create(@Req() request: FastifyRequest): Promise<SitegptReply<"createChatbot">> {
    const caller = callerOf(request)
    const program = Effect.gen(function* () {
      const { chatbotName } = yield* decodeNewChatbot(request.body ?? {})
      const made = yield* createChatbot(caller, chatbotName)
      return { chatbot: chatbotResource(yield* ownerOf(caller.workspaceId), made, originOf(request)) }
    })
    return respond(this.effects, request, "createChatbot", program)
  }

  @Get(":chatbotId")
  @Requires("agents:read")
  find(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchChatbot">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      const chatbot = yield* findChatbot(place)
      return { chatbot: chatbotResource(yield* ownerOf(place.workspaceId), chatbot, originOf(request)) }
    })
    return respond(this.effects, request, "fetchChatbot", program)
  }

  @Delete(":chatbotId")
  @Requires("agents:write")
  remove(@Req() request: FastifyRequest): Promise<SitegptReply<"deleteChatbot">> {
    const program = Effect.flatMap(chatbotOfRequest(request), deleteChatbot)
    return respond(this.effects, request, "deleteChatbot", program)
  }

  @Patch(":chatbotId/appearance")
  @Requires("agents:write")
  appearance(@Req() request: FastifyRequest): Promise<SitegptReply<"updateAppearance">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      const { learnMore, title, ...appearance } = yield* decodeAppearanceChange(request.body ?? {})
      yield* changeChatbot(place, (chatbot) => {
        const localization = { ...chatbot.settings.localization, ...(learnMore !== undefined && { learnMore }) }
        const settings = { ...chatbot.settings, ...appearance, localization }
        return Result.succeed({ ...chatbot, title: title ?? chatbot.title, settings })
      })
      return {}
    })
    return respond(this.effects, request, "updateAppearance", program)
  }
}
