import { decodePromptChange, decodeNewPrompt, type SitegptReply } from "@butler/contracts"
import { addEntry, changeEntry, findEntry, removeEntry } from "@butler/domain"
import { Controller, Delete, Get, HttpCode, Patch, Post, Req } from "@nestjs/common"
import { Effect, Result } from "effect"
import type { FastifyRequest } from "fastify"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { changeChatbot } from "./changeChatbot.ts"
import { entryOf } from "./entryOf.ts"
import { findChatbot } from "./findChatbot.ts"
import { newEntryId } from "./newEntryId.ts"
import { pageOf } from "./pageOf.ts"
import { chatbotOfRequest, promptOfRequest } from "./params.ts"
import { respond } from "./respond.ts"

const LIST = "prompts"

/** Instructions, of which one can be assigned. */
@Controller("api/v0/chatbots/:chatbotId/settings/prompts")
export class PromptsController {
  constructor(private readonly effects: EffectRunner) {}

  @Get()
  @Requires("agents:read")
  list(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchPrompts">> {
    const program = Effect.gen(function* () {
      const chatbot = yield* findChatbot(yield* chatbotOfRequest(request))
      return { prompts: yield* pageOf(request, chatbot[LIST]) }
    })
    return respond(this.effects, request, "fetchPrompts", program)
  }

  @Post()
  @HttpCode(200)
  @Requires("agents:write")
  add(@Req() request: FastifyRequest): Promise<SitegptReply<"addPrompt">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      const entry = { id: yield* newEntryId, ...(yield* decodeNewPrompt(request.body ?? {})) }
      yield* changeChatbot(place, (chatbot) => addEntry(chatbot, LIST, entry))
      return { prompt: entry }
    })
    return respond(this.effects, request, "addPrompt", program)
  }

  @Get(":promptId")
  @Requires("agents:read")
  find(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchPrompt">> {
    const program = Effect.gen(function* () {
      const place = yield* promptOfRequest(request)
      return { prompt: yield* entryOf(place, LIST, place.promptId) }
    })
    return respond(this.effects, request, "fetchPrompt", program)
  }

  @Patch(":promptId")
  @Requires("agents:write")
  update(@Req() request: FastifyRequest): Promise<SitegptReply<"updatePrompt">> {
    const program = Effect.gen(function* () {
      const place = yield* promptOfRequest(request)
      const change = yield* decodePromptChange(request.body ?? {})
      const changed = yield* changeChatbot(place, (chatbot) => changeEntry(chatbot, LIST, place.promptId, change))
      return { prompt: yield* Effect.fromResult(findEntry(changed, LIST, place.promptId)) }
    })
    return respond(this.effects, request, "updatePrompt", program)
  }

  @Delete(":promptId")
  @Requires("agents:write")
  remove(@Req() request: FastifyRequest): Promise<SitegptReply<"deletePrompt">> {
    const program = Effect.gen(function* () {
      const place = yield* promptOfRequest(request)
      yield* changeChatbot(place, (chatbot) => removeEntry(chatbot, LIST, place.promptId))
      return null
    })
    return respond(this.effects, request, "deletePrompt", program)
  }

  @Post(":promptId/assign")
  @HttpCode(200)
  @Requires("agents:write")
  assign(@Req() request: FastifyRequest): Promise<SitegptReply<"assignPrompt">> {
    const program = Effect.gen(function* () {
      const place = yield* promptOfRequest(request)
      yield* changeChatbot(place, (chatbot) =>
        Result.map(findEntry(chatbot, LIST, place.promptId), ({ id }) => ({
          ...chatbot,
          settings: { ...chatbot.settings, promptId: id },
          named: ["promptId"] as const
        }))
      )
      return null
    })
    return respond(this.effects, request, "assignPrompt", program)
  }
}
