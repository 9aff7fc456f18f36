import { decodeIconFields, decodeIconParams, decodeIconQuery, type SitegptReply } from "@butler/contracts"
import { ChatbotEntryId, ChatbotIcons, ICON_SETTINGS, type IconType } from "@butler/domain"
import { Controller, Delete, Get, HttpCode, Post, Req, Res, StreamableFile } from "@nestjs/common"
import { Effect, Result, Struct } from "effect"
import type { FastifyReply, FastifyRequest } from "fastify"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { refuse } from "../http/Refused.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { found } from "../v1/found.ts"
import { changeChatbot, type ChatbotPlace } from "./changeChatbot.ts"
import { decodeIcon, MAX_ICON_BYTES } from "./decodeIcon.ts"
import { findChatbot } from "./findChatbot.ts"
import { newEntryId } from "./newEntryId.ts"
import { chatbotOfRequest } from "./params.ts"
import { readForm } from "./readForm.ts"
import { respond } from "./respond.ts"

const ALL: ReadonlyArray<IconType> = ["BOT", "PERSON", "AGENT", "WATERMARK", "CHAT_BUBBLE"]

/** A form has a few hundred bytes beside its file. */
const MAX_FORM_BYTES = MAX_ICON_BYTES + 8192

const missing = () => refuse("icon_not_found")

/** A picture never changes under its id, and runs nothing wherever it is shown. */
const HEADERS = {
  "cache-control": "public, max-age=31536000, immutable",
  "content-security-policy": "default-src 'none'; sandbox",
  "cross-origin-resource-policy": "cross-origin",
  "x-content-type-options": "nosniff"
}

/** Puts a picture in the place of others, which are forgotten; null takes them away. */
const replaceIcons = Effect.fnUntraced(function* (
  place: ChatbotPlace,
  types: ReadonlyArray<IconType>,
  id: ChatbotEntryId | null
) {
  const old: Array<ChatbotEntryId> = []
  yield* changeChatbot(place, (chatbot) => {
    const keys = types.map((type) => ICON_SETTINGS[type])
    for (const key of keys) {
      const known = chatbot.settings[key]
      if (known !== undefined) old.push(ChatbotEntryId.make(known))
    }
    const set = id === null ? {} : Object.fromEntries(keys.map((key) => [key, id]))
    return Result.succeed({ ...chatbot, settings: { ...Struct.omit(chatbot.settings, keys), ...set } })
  })
  yield* ChatbotIcons.use((icons) => icons.remove(place.workspaceId, old))
})

/** The pictures that chatbots show. */
@Controller("api/v0")
export class IconsController {
  constructor(private readonly effects: EffectRunner) {}

  @Post("chatbots/:chatbotId/icons")
  @HttpCode(200)
  @Requires("agents:write", { upload: true })
  update(@Req() request: FastifyRequest): Promise<SitegptReply<"updateIcon">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      yield* findChatbot(place)
      const form = yield* readForm(request, MAX_FORM_BYTES)
      const { iconSrc, iconType } = yield* decodeIconFields(Object.fromEntries(form))
      const icon = yield* decodeIcon(new Uint8Array(yield* Effect.promise(() => iconSrc.arrayBuffer())))
      const id = yield* newEntryId
      const { chatbotId, workspaceId } = place
      yield* ChatbotIcons.use((icons) => icons.insert({ workspaceId, chatbotId, id, ...icon }))
      yield* replaceIcons(place, [iconType], id)
      return null
    })
    return respond(this.effects, request, "updateIcon", program)
  }

  @Delete("chatbots/:chatbotId/icons")
  @Requires("agents:write")
  remove(@Req() request: FastifyRequest): Promise<SitegptReply<"deleteIcon">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      const said = yield* decodeIconQuery(request.body ?? {})
      const { iconType = said.iconType } = yield* decodeIconQuery(request.query)
      yield* replaceIcons(place, iconType === undefined ? ALL : [iconType], null)
      return null
    })
    return respond(this.effects, request, "deleteIcon", program)
  }

  @Get("icons/:iconId")
  async find(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    const program = Effect.gen(function* () {
      const { iconId } = yield* Effect.mapError(decodeIconParams(request.params), missing)
      return yield* ChatbotIcons.use((icons) => icons.find(iconId)).pipe(found(missing))
    })
    const { bytes, contentType } = await this.effects.run(request, program)
    reply.headers(HEADERS)
    return new StreamableFile(bytes, { type: contentType, length: bytes.length })
  }
}
