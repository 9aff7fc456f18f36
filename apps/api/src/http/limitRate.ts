import { Effect } from "effect"
import type { FastifyReply } from "fastify"
import type { Caller } from "../auth/Caller.ts"
import { RateLimiter, type RateState } from "./RateLimiter.ts"
import { refuse } from "./Refused.ts"

const SECOND_MS = 1000

const resetSeconds = ({ resetMs }: RateState): string => String(Math.max(1, Math.ceil(resetMs / SECOND_MS)))

/** Those of the IETF's draft, and those that most clients know. */
const headersOf = (state: RateState): Readonly<Record<string, string>> => ({
  "ratelimit-policy": `"key";q=${state.perMinute};w=60`,
  ratelimit: `"key";r=${state.remaining};t=${resetSeconds(state)}`,
  "x-ratelimit-limit": String(state.perMinute),
  "x-ratelimit-remaining": String(state.remaining),
  "x-ratelimit-reset": resetSeconds(state)
})

/** Refuses a request beyond what its key may make in a minute; every answer to a key that has a limit says how it stands. */
export const limitRate = Effect.fnUntraced(function* (caller: Caller, reply: FastifyReply) {
  const limiter = yield* RateLimiter
  const state = yield* limiter.admit(caller)
  if (state === null) return
  reply.headers(headersOf(state))
  if (state.admitted) return
  const detail = `the API key may make ${state.perMinute} requests a minute`
  return yield* refuse("rate_limited", detail, { "retry-after": resetSeconds(state) })
})
