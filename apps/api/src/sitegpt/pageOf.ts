import { decodePageQuery } from "@butler/contracts"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"

/** The page of a short list that a call asks for. */
export const pageOf = <Entry>(request: FastifyRequest, entries: ReadonlyArray<Entry>) =>
  Effect.map(decodePageQuery(request.query), ({ limit, page }) => entries.slice((page - 1) * limit, page * limit))
