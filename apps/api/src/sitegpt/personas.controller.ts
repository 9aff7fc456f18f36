import { decodePersonaChange, decodeNewPersona, type SitegptReply } from "@butler/contracts"
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
import { chatbotOfRequest, personaOfRequest } from "./params.ts"
import { respond } from "./respond.ts"

const LIST = "personas"

/** Characters, of which one can be assigned. */
@Controller("api/v0/chatbots/:chatbotId/settings/personas")
export class PersonasController {
  constructor(private readonly effects: EffectRunner) {}

  @Get()
  @Requires("agents:read")
  list(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchPersonas">> {
    const program = Effect.gen(function* () {
      const chatbot = yield* findChatbot(yield* chatbotOfRequest(request))
      return { personas: yield* pageOf(request, chatbot[LIST]) }
    })
    return respond(this.effects, request, "fetchPersonas", program)
  }

  @Post()
  @HttpCode(200)
  @Requires("agents:write")
  add(@Req() request: FastifyRequest): Promise<SitegptReply<"addPersona">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      const entry = { id: yield* newEntryId, ...(yield* decodeNewPersona(request.body ?? {})) }
      yield* changeChatbot(place, (chatbot) => addEntry(chatbot, LIST, entry))
      return { persona: entry }
    })
    return respond(this.effects, request, "addPersona", program)
  }

  @Get(":personaId")
  @Requires("agents:read")
  find(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchPersona">> {
    const program = Effect.gen(function* () {
      const place = yield* personaOfRequest(request)
      return { persona: yield* entryOf(place, LIST, place.personaId) }
    })
    return respond(this.effects, request, "fetchPersona", program)
  }

  @Patch(":personaId")
  @Requires("agents:write")
  update(@Req() request: FastifyRequest): Promise<SitegptReply<"updatePersona">> {
    const program = Effect.gen(function* () {
      const place = yield* personaOfRequest(request)
      const change = yield* decodePersonaChange(request.body ?? {})
      const changed = yield* changeChatbot(place, (chatbot) => changeEntry(chatbot, LIST, place.personaId, change))
      return { persona: yield* Effect.fromResult(findEntry(changed, LIST, place.personaId)) }
    })
    return respond(this.effects, request, "updatePersona", program)
  }

  @Delete(":personaId")
  @Requires("agents:write")
  remove(@Req() request: FastifyRequest): Promise<SitegptReply<"deletePersona">> {
    const program = Effect.gen(function* () {
      const place = yield* personaOfRequest(request)
      yield* changeChatbot(place, (chatbot) => removeEntry(chatbot, LIST, place.personaId))
      return null
    })
    return respond(this.effects, request, "deletePersona", program)
  }

  @Post(":personaId/assign")
  @HttpCode(200)
  @Requires("agents:write")
  assign(@Req() request: FastifyRequest): Promise<SitegptReply<"assignPersona">> {
    const program = Effect.gen(function* () {
      const place = yield* personaOfRequest(request)
      yield* changeChatbot(place, (chatbot) =>
        Result.map(findEntry(chatbot, LIST, place.personaId), ({ id }) => ({
          ...chatbot,
          settings: { ...chatbot.settings, personaId: id },
          named: ["personaId"] as const
        }))
      )
      return null
    })
    return respond(this.effects, request, "assignPersona", program)
  }
}
