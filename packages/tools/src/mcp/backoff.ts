import { Clock, Effect } from "effect"

const FIRST_MS = 1_000
const LONGEST_MS = 60_000

/** As many as are minded at a time; who has waited longest is forgotten first. */
const MINDED = 1_000

interface Trouble {
  readonly times: number
  readonly until: number
}

/** Leaves alone for a while what does not work, each time for longer. */
export const makeBackoff = () => {
  const troubles = new Map<string, Trouble>()
  return {
    isResting: (key: string): Effect.Effect<boolean> =>
      Effect.map(Clock.currentTimeMillis, (now) => now < (troubles.get(key)?.until ?? 0)),
    failed: (key: string): Effect.Effect<void> =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const times = troubles.get(key)?.times ?? 0
        troubles.delete(key)
        troubles.set(key, { times: times + 1, until: now + Math.min(FIRST_MS * 2 ** times, LONGEST_MS) })
        const [oldest] = troubles.keys()
        if (troubles.size > MINDED && oldest !== undefined) troubles.delete(oldest)
      }),
    worked: (key: string): Effect.Effect<void> => Effect.sync(() => troubles.delete(key))
  }
}
