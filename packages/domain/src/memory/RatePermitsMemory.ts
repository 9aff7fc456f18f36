import { Clock, Effect, Layer } from "effect"
import { RatePermits, shareOf } from "../workspace/RatePermits.ts"

const MINUTE_MS = 60_000

/** `RatePermits` in memory, by the clock of the caller. */
export const RatePermitsMemory: Layer.Layer<RatePermits> = Layer.sync(RatePermits, () => {
  const taken = new Map<string, { readonly minute: number; readonly count: number }>()
  return RatePermits.of({
    take: ({ apiKeyId, perMinute, workspaceId }) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const key = `${workspaceId}/${apiKeyId}`
        const minute = Math.floor(now / MINUTE_MS)
        const known = taken.get(key)
        const before = known?.minute === minute ? known.count : 0
        const granted = shareOf(Math.max(0, perMinute - before))
        taken.set(key, { minute, count: before + granted })
        const remaining = Math.max(0, perMinute - before - granted)
        return { granted, remaining, resetMs: MINUTE_MS - (now % MINUTE_MS) }
      })
  })
})
