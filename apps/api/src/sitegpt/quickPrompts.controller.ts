import { decodeNewQuickPrompt, decodeQuickPromptChange, type SitegptReply } from "@butler/contracts"
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
import { chatbotOfRequest, quickPromptOfRequest } from "./params.ts"
import { respond } from "./respond.ts"

const LIST = "quickPrompts"

const list = (request: FastifyRequest) =>
  Effect.gen(function* () {
    const { quickPrompts } = yield* findChatbot(yield* chatbotOfRequest(request))
    return { prompts: yield* pageOf(request, quickPrompts) }
  })

const add = (request: FastifyRequest) =>
  Effect.gen(function* () {
    const place = yield* chatbotOfRequest(request)
    const { link, ...prompt } = yield* decodeNewQuickPrompt(request.body ?? {})
    const entry = { id: yield* newEntryId, ...prompt, link: link ?? null }
    yield* changeChatbot(place, (chatbot) => addEntry(chatbot, LIST, entry))
    return {}
  })

const find = (request: FastifyRequest) =>
  Effect.gen(function* () {
    const place = yield* quickPromptOfRequest(request)
    return yield* entryOf(place, LIST, place.promptId)
  })

const update = (request: FastifyRequest) =>
  Effect.gen(function* () {
    const place = yield* quickPromptOfRequest(request)
    const change = yield* decodeQuickPromptChange(request.body ?? {})
    yield* changeChatbot(place, (chatbot) => changeEntry(chatbot, LIST, place.promptId, change))
    return {}
  })

const remove = (request: FastifyRequest) =>
  Effect.gen(function* () {
    const place = yield* quickPromptOfRequest(request)
    yield* changeChatbot(place, (chatbot) => removeEntry(chatbot, LIST, place.promptId))
    return null
  })

/** Conversation starters under the name they had first. */
@Controller("api/v0/chatbots/:chatbotId/quick-prompts")
export class QuickPromptsController {
  constructor(private readonly effects: EffectRunner) {}

  @Get()
  @Requires("agents:read")
  list(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchQuickPrompts">> {
    return respond(this.effects, request, "fetchQuickPrompts", list(request))
  }

  @Post()
  @HttpCode(200)
  @Requires("agents:write")
  add(@Req() request: FastifyRequest): Promise<SitegptReply<"addQuickPrompt">> {
    return respond(this.effects, request, "addQuickPrompt", add(request))
  }

  @Get(":promptId")
  @Requires("agents:read")
  find(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchQuickPrompt">> {
    return respond(this.effects, request, "fetchQuickPrompt", find(request))
  }

  @Patch(":promptId")
  @Requires("agents:write")
  update(@Req() request: FastifyRequest): Promise<SitegptReply<"updateQuickPrompt">> {
    return respond(this.effects, request, "updateQuickPrompt", update(request))
  }

  @Delete(":promptId")
  @Requires("agents:write")
  remove(@Req() request: FastifyRequest): Promise<SitegptReply<"deleteQuickPrompt">> {
    return respond(this.effects, request, "deleteQuickPrompt", remove(request))
  }
}

/** The same under the name they have now. */
@Controller("api/v0/chatbots/:chatbotId/conversation-starters")
export class ConversationStartersController {
  constructor(private readonly effects: EffectRunner) {}

  @Get()
  @Requires("agents:read")
  list(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchConversationStarters">> {
    return respond(this.effects, request, "fetchConversationStarters", list(request))
  }

  @Post()
  @HttpCode(200)
  @Requires("agents:write")
  add(@Req() request: FastifyRequest): Promise<SitegptReply<"addConversationStarter">> {
    return respond(this.effects, request, "addConversationStarter", add(request))
  }

  @Get(":promptId")
  @Requires("agents:read")
  find(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchConversationStarter">> {
    return respond(this.effects, request, "fetchConversationStarter", find(request))
  }

  @Patch(":promptId")
  @Requires("agents:write")
  update(@Req() request: FastifyRequest): Promise<SitegptReply<"updateConversationStarter">> {
    return respond(this.effects, request, "updateConversationStarter", update(request))
  }

  @Delete(":promptId")
  @Requires("agents:write")
  remove(@Req() request: FastifyRequest): Promise<SitegptReply<"deleteConversationStarter">> {
    return respond(this.effects, request, "deleteConversationStarter", remove(request))
  }
}
