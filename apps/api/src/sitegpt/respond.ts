import { type SitegptData, type SitegptOperation, sitegptReply, type SitegptReply } from "@butler/contracts"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import type { AppServices } from "../AppServices.ts"
import type { EffectRunner } from "../effect/EffectRunner.ts"
import { type SitegptFailure, sitegptRefusal } from "./sitegptRefusal.ts"

/** Runs what an operation does and answers it in the envelope. */
export const respond = <Operation extends SitegptOperation>(
  effects: EffectRunner,
  request: FastifyRequest,
  operation: Operation,
  program: Effect.Effect<SitegptData<Operation>, SitegptFailure, AppServices>
): Promise<SitegptReply<Operation>> =>
  effects.run(
    request,
    program.pipe(
      Effect.map((data) => sitegptReply(operation, data)),
      Effect.mapError(sitegptRefusal)
    )
  )
