const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** The pause after each failed attempt: ten attempts over about 75 hours. */
export const PAUSES: ReadonlyArray<number> = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR
]

export const MAX_ATTEMPTS = PAUSES.length + 1

/** The longest that a receiver's wish is heeded. */
export const MAX_RETRY_AFTER = 24 * HOUR

const JITTER = 0.1

/**
 * How long to wait after the `attempt`-th attempt (from 1) has failed; null when it was the last. `random` (0 to 1) spreads
 * the pause by ten percent each way, so that what failed together does not come back together. A receiver's own wish
 * is only ever exceeded.
 */
export const pauseAfter = (attempt: number, retryAfterMs: number | null, random: number): number | null => {
  const pause = PAUSES[attempt - 1]
  if (pause === undefined) return null
  const planned = pause * (1 - JITTER + 2 * JITTER * random)
  const wished = Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER)
  return Math.round(planned >= wished ? planned : wished + Math.min(wished * JITTER, MINUTE) * random)
}
