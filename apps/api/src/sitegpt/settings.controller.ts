import {
  decodeAdvancedSettings,
  decodeChatModeSettings,
  decodeGeneralSettings,
  decodeLocalizationChange,
  decodeUserDataSettings,
  type SitegptReply
} from "@butler/contracts"
import { Controller, Patch, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { changeSettings } from "./changeChatbot.ts"
import { changeAdvanced } from "./changeAdvanced.ts"
import { changeGeneral } from "./changeGeneral.ts"
import { changeLocalization } from "./changeLocalization.ts"
import { chatbotOfRequest } from "./params.ts"
import { respond } from "./respond.ts"

/** How a chatbot behaves. */
@Controller("api/v0/chatbots/:chatbotId/settings")
export class SettingsController {
  constructor(private readonly effects: EffectRunner) {}

  @Patch("advanced")
  @Requires("agents:write")
  advanced(@Req() request: FastifyRequest): Promise<SitegptReply<"updateAdvancedSettings">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      return yield* changeAdvanced(callerOf(request), place, yield* decodeAdvancedSettings(request.body ?? {}))
    })
    return respond(this.effects, request, "updateAdvancedSettings", program)
  }

  @Patch("chat-mode")
  @Requires("agents:write")
  chatMode(@Req() request: FastifyRequest): Promise<SitegptReply<"updateChatModeSettings">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      const { chatMode } = yield* decodeChatModeSettings(request.body ?? {})
      return yield* changeSettings(place, chatMode === undefined ? {} : { mode: chatMode })
    })
    return respond(this.effects, request, "updateChatModeSettings", program)
  }

  @Patch("general")
  @Requires("agents:write")
  general(@Req() request: FastifyRequest): Promise<SitegptReply<"updateGeneralSettings">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      return yield* changeGeneral(place, yield* decodeGeneralSettings(request.body ?? {}))
    })
    return respond(this.effects, request, "updateGeneralSettings", program)
  }

  @Patch("localization")
  @Requires("agents:write")
  localization(@Req() request: FastifyRequest): Promise<SitegptReply<"updateLocalizationSettings">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      return yield* changeLocalization(place, yield* decodeLocalizationChange(request.body ?? {}))
    })
    return respond(this.effects, request, "updateLocalizationSettings", program)
  }

  @Patch("user-data")
  @Requires("agents:write")
  userData(@Req() request: FastifyRequest): Promise<SitegptReply<"updateUserDataSettings">> {
    const program = Effect.gen(function* () {
      const place = yield* chatbotOfRequest(request)
      return yield* changeSettings(place, yield* decodeUserDataSettings(request.body ?? {}))
    })
    return respond(this.effects, request, "updateUserDataSettings", program)
  }
}
