import { handOverDialog } from "@butler/agent"
import {
  decodeDialogListQuery,
  decodeDialogParams,
  decodeMessageListQuery,
  decodeNewHandover,
  decodeNewMessage,
  type DialogPage,
  type DialogResource,
  type MessagePage,
  type MessageResource
} from "@butler/contracts"
import { DialogNotFound, Dialogs, Handovers } from "@butler/domain"
import { Controller, Get, HttpCode, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { found } from "./found.ts"
import { listDialogs } from "./listDialogs.ts"
import { listMessages } from "./listMessages.ts"
import { postMessage } from "./postMessage.ts"
import { dialogResource, messageResource } from "./resources.ts"
import { v1Refusal } from "./v1Refusal.ts"

@Controller("v1/dialogs")
export class DialogsController {
  constructor(private readonly effects: EffectRunner) {}

  @Get()
  @Requires("dialogs:read")
  list(@Req() request: FastifyRequest): Promise<DialogPage> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeDialogListQuery(request.query), (query) => listDialogs(workspaceId, query))
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get(":dialogId")
  @Requires("dialogs:read")
  find(@Req() request: FastifyRequest): Promise<DialogResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { dialogId } = yield* decodeDialogParams(request.params)
      const dialog = yield* Dialogs.use((dialogs) => dialogs.find(workspaceId, dialogId)).pipe(
        found(() => new DialogNotFound({ dialogId }))
      )
      return dialogResource(dialog)
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get(":dialogId/messages")
  @Requires("dialogs:read")
  messages(@Req() request: FastifyRequest): Promise<MessagePage> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { dialogId } = yield* decodeDialogParams(request.params)
      return yield* listMessages(workspaceId, dialogId, yield* decodeMessageListQuery(request.query))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post(":dialogId/messages")
  @Requires("dialogs:write")
  post(@Req() request: FastifyRequest): Promise<MessageResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { dialogId } = yield* decodeDialogParams(request.params)
      return messageResource(yield* postMessage(workspaceId, dialogId, yield* decodeNewMessage(request.body)))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post(":dialogId/hand-over")
  @HttpCode(200)
  @Requires("dialogs:write")
  handOver(@Req() request: FastifyRequest): Promise<DialogResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { dialogId } = yield* decodeDialogParams(request.params)
      const { closingMessage = null, reason = null } = yield* decodeNewHandover(request.body ?? {})
      return dialogResource(yield* handOverDialog({ workspaceId, dialogId, reason, closingMessage }))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post(":dialogId/hand-back")
  @HttpCode(200)
  @Requires("dialogs:write")
  handBack(@Req() request: FastifyRequest): Promise<DialogResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { dialogId } = yield* decodeDialogParams(request.params)
      return dialogResource(yield* Handovers.use((handovers) => handovers.handBack(workspaceId, dialogId)))
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }
}
