import {
  decodeNewSitegptMessage,
  decodeSitegptMessageChange,
  decodeSitegptMessageParams,
  type SitegptReply
} from "@butler/contracts"
import { Threads } from "@butler/domain"
import { Controller, HttpCode, Patch, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { refuse } from "../http/Refused.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { findChatbot } from "./findChatbot.ts"
import { noteSpentQuota } from "./noteSpentQuota.ts"
import { chatbotOfRequest } from "./params.ts"
import { respond } from "./respond.ts"
import { sendAsPerson, sendAsVisitor } from "./sendMessage.ts"

const missing = () => refuse("message_not_found")

/** What is said in threads. */
@Controller("api/v0/chatbots/:chatbotId")
export class MessagesController {
  constructor(private readonly effects: EffectRunner) {}

  @Post("message")
  @HttpCode(200)
  @Requires("turns:write")
  send(@Req() request: FastifyRequest): Promise<SitegptReply<"sendMessage">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      const message = yield* decodeNewSitegptMessage(request.body ?? {})
      if (message.from === "AGENT") return yield* sendAsPerson(place, message)
      const { threadId } = message
      const note = threadId === undefined ? Effect.void : noteSpentQuota({ ...place, threadId })
      return yield* Effect.tapErrorTag(sendAsVisitor(place, message), "MessagesLimitReached", () => note)
    })
    return respond(this.effects, request, "sendMessage", program)
  }

  @Patch("messages/:messageId")
  @Requires("dialogs:write")
  react(@Req() request: FastifyRequest): Promise<SitegptReply<"updateMessage">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      const { reaction, threadId = null } = yield* decodeSitegptMessageChange(request.body ?? {})
      yield* findChatbot(place)
      const { messageId } = yield* Effect.mapError(decodeSitegptMessageParams(request.params), missing)
      const extra = reaction === undefined ? {} : { reaction }
      yield* Threads.use((threads) => threads.annotate({ ...place, threadId, messageId }, extra))
      return null
    })
    return respond(this.effects, request, "updateMessage", program)
  }
}
