import { handOverDialog } from "@butler/agent"
import {
  type ChannelMessageReply,
  type ChatReply,
  decodeChannelMessageBody,
  decodeChatBody,
  decodeCompletionHeaders,
  decodeTokenBody,
  decodeTransferBody,
  entityReply,
  type TokenReply,
  type TransferReply
} from "@butler/contracts"
import { Controller, HttpCode, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
import { AppConfig } from "../config.ts"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { speak } from "../dialog/speak.ts"
import { butlerRefusal } from "./butlerRefusal.ts"
import { completeTurn } from "../turn/completeTurn.ts"
import { exchangeToken } from "./exchangeToken.ts"
import { turnCommand } from "./turnCommand.ts"

/** The older calls of the 3Chat butler open API, over the same turns and dialogs. */
@Controller("api/open/v3")
export class FamilyController {
  constructor(private readonly effects: EffectRunner) {}

  @Post("token")
  @HttpCode(200)
  token(@Req() request: FastifyRequest): Promise<TokenReply> {
    const program = decodeTokenBody(request.body).pipe(
      Effect.flatMap(exchangeToken),
      Effect.map(({ expiresIn, text }) => entityReply({ accessToken: text, accessTokenExpireIn: expiresIn }))
    )
    return this.effects.run(request, Effect.mapError(program, butlerRefusal))
  }

  @Post("butler/chat/completions")
  @HttpCode(200)
  @Requires("turns:write")
  chat(@Req() request: FastifyRequest): Promise<ChatReply> {
    const caller = callerOf(request)
    const program = Effect.gen(function* () {
      const { body } = yield* decodeChatBody(request.body)
      const headers = yield* decodeCompletionHeaders(request.headers)
      const input = { async: false, stream: false, quietMs: 0, ...body }
      const { leaseMs } = yield* AppConfig
      const command = turnCommand(caller, input, headers, request.body, leaseMs, "v3/completions")
      const { agentLogs, dialogId, replies } = yield* completeTurn(command, input.waitMs)
      const content = replies.map((reply) => (reply.contentType === "text" ? reply.content : reply.url)).join("\n")
      return entityReply({ content, dialogId, agentLogs })
    })
    return this.effects.run(request, Effect.mapError(program, butlerRefusal))
  }

  @Post("butler/channel/message/send")
  @HttpCode(200)
  @Requires("dialogs:write")
  send(@Req() request: FastifyRequest): Promise<ChannelMessageReply> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { body } = yield* decodeChannelMessageBody(request.body)
      const said = { sender: { type: "agent", id: null }, contentType: "text", content: body.message, url: "" } as const
      const { dialogId, id } = yield* speak({ workspaceId, dialogId: body.dialogId, ...said })
      return entityReply({ dialogId, messageId: id })
    })
    return this.effects.run(request, Effect.mapError(program, butlerRefusal))
  }

  @Post("butler/transferToHuman")
  @HttpCode(200)
  @Requires("dialogs:write")
  transfer(@Req() request: FastifyRequest): Promise<TransferReply> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { body } = yield* decodeTransferBody(request.body)
      const command = { workspaceId, dialogId: body.dialogId, reason: null, closingMessage: null }
      const { id, mode } = yield* handOverDialog(command)
      return entityReply({ dialogId: id, mode })
    })
    return this.effects.run(request, Effect.mapError(program, butlerRefusal))
  }
}
