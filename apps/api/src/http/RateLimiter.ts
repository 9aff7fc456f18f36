import { RatePermits } from "@butler/domain"
import { Clock, Context, Effect, Layer, Semaphore } from "effect"
import type { Caller } from "../auth/Caller.ts"
import { AppConfig } from "../config.ts"

/** How a key stands after a request. */
export interface RateState {
  readonly admitted: boolean
  readonly perMinute: number
  readonly remaining: number
  readonly resetMs: number
}

/** What this process may let in of a key's requests until the minute is over. */
interface Share {
  readonly turn: Semaphore.Semaphore
  perMinute: number
  permits: number
  /** What was left for others when the store was last asked. */
  elsewhere: number
  endsAt: number
}

/** Keys; one that is forgotten asks the store again. */
const KEPT = 10_000

const stateOf = (share: Share, admitted: boolean, now: number): RateState => ({
  admitted,
  perMinute: share.perMinute,
  remaining: share.permits + share.elsewhere,
  resetMs: Math.max(0, share.endsAt - now)
})

/** What the share alone can tell: it has permits to use up, or there are none for the rest of the minute. */
const tryShare = (share: Share, perMinute: number, now: number): RateState | null => {
  if (now >= share.endsAt || share.perMinute !== perMinute) return null
  if (share.permits > 0) {
    share.permits -= 1
    return stateOf(share, true, now)
  }
  return share.elsewhere === 0 ? stateOf(share, false, now) : null
}

/**
 * Lets a key make so many requests a minute, over all processes. Permits are taken from the store some at a time, so that few
 * requests wait for it; what one process has taken and not used, another cannot let in: a caller may be stopped a little
 * early, and never late.
 */
export class RateLimiter extends Context.Service<
  RateLimiter,
  { /** Null for a key without a limit. */ readonly admit: (caller: Caller) => Effect.Effect<RateState | null> }
>()("@butler/api/RateLimiter") {
  static readonly layer: Layer.Layer<RateLimiter, never, AppConfig | RatePermits> = Layer.effect(
    RateLimiter,
    Effect.gen(function* () {
      const { ratePerMinute: usual } = yield* AppConfig
      const permits = yield* RatePermits
      const shares = new Map<string, Share>()

      const shareOf = (key: string): Share => {
        const known = shares.get(key)
        if (known !== undefined) return known
        if (shares.size >= KEPT) shares.clear()
        const share = { turn: Semaphore.makeUnsafe(1), perMinute: 0, permits: 0, elsewhere: 0, endsAt: 0 }
        shares.set(key, share)
        return share
      }

      /** The minute is counted from before the store was asked, so that no permit outlives it. */
      const refill = Effect.fnUntraced(function* (share: Share, caller: Caller, perMinute: number) {
        const { apiKeyId, workspaceId } = caller
        for (;;) {
          const askedAt = yield* Clock.currentTimeMillis
          const known = tryShare(share, perMinute, askedAt)
          if (known !== null) return known
          const { granted, remaining, resetMs } = yield* permits.take({ workspaceId, apiKeyId, perMinute })
          Object.assign(share, { perMinute, permits: granted, elsewhere: remaining, endsAt: askedAt + resetMs })
        }
      })

      return RateLimiter.of({
        admit: Effect.fnUntraced(function* (caller) {
          const perMinute = caller.ratePerMinute ?? usual
          if (perMinute === 0) return null
          const share = shareOf(`${caller.workspaceId}/${caller.apiKeyId}`)
          const known = tryShare(share, perMinute, yield* Clock.currentTimeMillis)
          return known ?? (yield* share.turn.withPermit(refill(share, caller, perMinute)))
        })
      })
    })
  )
}
