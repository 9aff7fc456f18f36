import { type ArgumentsHost, Catch, type ExceptionFilter } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyReply, FastifyRequest } from "fastify"
import type { EffectRunner } from "../effect/EffectRunner.ts"
import { refusalOf } from "./refusalOf.ts"
import { refuse } from "./Refused.ts"
import { sendRefusal } from "./sendRefusal.ts"

const INTERNAL = refuse("internal", "the server logged what happened under this requestId")

/** Answers everything that was thrown. A fault of ours is logged whole and told to the caller not at all. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  constructor(private readonly effects: EffectRunner) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp()
    const request = http.getRequest<FastifyRequest>()
    const reply = http.getResponse<FastifyReply>()
    const refused = refusalOf(error)
    if (refused === null) {
      this.effects.log(Effect.logError("request failed", error).pipe(Effect.annotateLogs({ requestId: request.id })))
    }
    if (!reply.sent) sendRefusal(refused ?? INTERNAL, request, reply)
  }
}
