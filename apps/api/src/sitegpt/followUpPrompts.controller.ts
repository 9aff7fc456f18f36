import { decodeFollowUpPromptChange, decodeNewFollowUpPrompt, type SitegptReply } from "@butler/contracts"
import { addEntry, changeEntry, removeEntry } from "@butler/domain"
import { Controller, Delete, Get, HttpCode, Patch, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { changeChatbot } from "./changeChatbot.ts"
import { entryOf } from "./entryOf.ts"
import { findChatbot } from "./findChatbot.ts"
import { newEntryId } from "./newEntryId.ts"
import { pageOf } from "./pageOf.ts"
import { chatbotOfRequest, followUpPromptOfRequest } from "./params.ts"
import { respond } from "./respond.ts"

const LIST = "followUpPrompts"

/** Next steps that are offered behind an answer. */
@Controller("api/v0/chatbots/:chatbotId/follow-up-prompts")
export class FollowUpPromptsController {
  constructor(private readonly effects: EffectRunner) {}

  @Get()
  @Requires("agents:read")
  list(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchFollowUpPrompts">> {
    const program = Effect.gen(function* () {
      const chatbot = yield* findChatbot(yield* chatbotOfRequest(request))
      return { followUpPrompts: yield* pageOf(request, chatbot[LIST]) }
    })
    return respond(this.effects, request, "fetchFollowUpPrompts", program)
  }

  @Post()
  @HttpCode(200)
  @Requires("agents:write")
  add(@Req() request: FastifyRequest): Promise<SitegptReply<"addFollowUpPrompt">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      const { isEscalationPrompt = false, link, ...prompt } = yield* decodeNewFollowUpPrompt(request.body ?? {})
      const entry = { id: yield* newEntryId, ...prompt, link: link ?? null, isEscalationPrompt }
      yield* changeChatbot(place, (chatbot) => addEntry(chatbot, LIST, entry))
      return {}
    })
    return respond(this.effects, request, "addFollowUpPrompt", program)
  }

  @Get(":followUpPromptId")
  @Requires("agents:read")
  find(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchFollowUpPrompt">> {
    const program = Effect.gen(function* () {
      const place = yield* followUpPromptOfRequest(request)
      return yield* entryOf(place, LIST, place.followUpPromptId)
    })
    return respond(this.effects, request, "fetchFollowUpPrompt", program)
  }

  @Patch(":followUpPromptId")
  @Requires("agents:write")
  update(@Req() request: FastifyRequest): Promise<SitegptReply<"updateFollowUpPrompt">> {
    const program = Effect.gen(function* () {
      const place = yield* followUpPromptOfRequest(request)
      const change = yield* decodeFollowUpPromptChange(request.body ?? {})
      yield* changeChatbot(place, (chatbot) => changeEntry(chatbot, LIST, place.followUpPromptId, change))
      return {}
    })
    return respond(this.effects, request, "updateFollowUpPrompt", program)
  }

  @Delete(":followUpPromptId")
  @Requires("agents:write")
  remove(@Req() request: FastifyRequest): Promise<SitegptReply<"deleteFollowUpPrompt">> {
    const program = Effect.gen(function* () {
      const place = yield* followUpPromptOfRequest(request)
      yield* changeChatbot(place, (chatbot) => removeEntry(chatbot, LIST, place.followUpPromptId))
      return null
    })
    return respond(this.effects, request, "deleteFollowUpPrompt", program)
  }
}
