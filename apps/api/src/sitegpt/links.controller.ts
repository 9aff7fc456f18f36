import {
  decodeCustomContent,
  decodeLinksQuery,
  decodeNewContent,
  decodeNewLinks,
  type NewContent,
  type SitegptReply
} from "@butler/contracts"
import { type SyncFrequency, type WebKind } from "@butler/domain"
import { Controller, Get, HttpCode, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { refuseIssues } from "../v1/webhooks/endpointIssues.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { addLinks } from "./addLinks.ts"
import { fetchLinks } from "./fetchLinks.ts"
import { findChatbot } from "./findChatbot.ts"
import { modifyCustomContent } from "./modifyCustomContent.ts"
import { chatbotOfRequest } from "./params.ts"
import { respond } from "./respond.ts"

const KINDS: Readonly<Record<Exclude<NewContent["sourceType"], "YOUTUBE">, WebKind>> = {
  URLS_LIST: "url",
  WEBSITE: "site",
  SITEMAP: "sitemap"
}

const FREQUENCIES: Readonly<Record<NewContent["syncFrequency"], SyncFrequency>> = {
  NEVER: "never",
  DAILY: "daily",
  WEEKLY: "weekly",
  MONTHLY: "monthly"
}

const NO_VIDEOS = refuseIssues([{ path: "sourceType", message: "must not be YOUTUBE: videos are not read here" }])

/** What a chatbot knows. */
@Controller("api")
export class LinksController {
  constructor(private readonly effects: EffectRunner) {}

  @Post("v0/chatbots/:chatbotId/custom-content")
  @HttpCode(200)
  @Requires("knowledge:write", { largeBody: true })
  customContent(@Req() request: FastifyRequest): Promise<SitegptReply<"modifyCustomContent">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      const { text } = yield* decodeCustomContent(request.body ?? {})
      return yield* modifyCustomContent(place, text)
    })
    return respond(this.effects, request, "modifyCustomContent", program)
  }

  @Get("v0/fetch-links")
  @Requires("knowledge:read")
  fetch(@Req() request: FastifyRequest): Promise<SitegptReply<"fetchLinks">> {
    const program = Effect.gen(function* () {
      const { sourceType = "WEBSITE", sourceUrl } = yield* decodeLinksQuery(request.query)
      return { links: yield* fetchLinks(sourceUrl, sourceType) }
    })
    return respond(this.effects, request, "fetchLinks", program)
  }

  @Post("v0/chatbots/:chatbotId/links")
  @HttpCode(200)
  @Requires("knowledge:write")
  add(@Req() request: FastifyRequest): Promise<SitegptReply<"addLinks">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      const { links } = yield* decodeNewLinks(request.body ?? {})
      yield* findChatbot(place)
      const wanted = links.map(({ url }, index) => ({ url, field: `links[${index}].url` }))
      yield* addLinks(place, wanted, { kind: "url", syncFrequency: "never" })
      return {}
    })
    return respond(this.effects, request, "addLinks", program)
  }

  @Post("v1/chatbots/:chatbotId/links")
  @HttpCode(200)
  @Requires("knowledge:write")
  addContent(@Req() request: FastifyRequest): Promise<SitegptReply<"addContent">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      const { config, sourceType, syncFrequency } = yield* decodeNewContent(request.body ?? {})
      yield* findChatbot(place)
      if (sourceType === "YOUTUBE") return yield* NO_VIDEOS
      const wanted = config.urls.map((url, index) => ({ url, field: `config.urls[${index}]` }))
      const reading = { kind: KINDS[sourceType], syncFrequency: FREQUENCIES[syncFrequency] }
      const ids = yield* addLinks(place, wanted, reading)
      return { ingestJobId: ids[0] ?? "", documentsQueued: ids.length }
    })
    return respond(this.effects, request, "addContent", program)
  }
}
