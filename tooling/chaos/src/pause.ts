import { setTimeout as sleep } from "node:timers/promises"

/** Ends after so long, or at once when there is no more need to wait. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal }).catch(() => {})
}

/** Looks again and again until it holds; false when it does not in time. */
export const until = async (holds: () => Promise<boolean>, withinMs: number): Promise<boolean> => {
  const deadline = performance.now() + withinMs
  for (;;) {
    // What cannot be looked at just now is not yet so.
    if (await holds().catch(() => false)) return true
    if (performance.now() > deadline) return false
    await sleep(100)
  }
}
