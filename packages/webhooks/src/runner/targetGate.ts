import { Clock, Deferred, Effect, Option } from "effect"

/** Attempts at one target at once: to begin with, and after many went well. */
const INITIAL_LIMIT = 16
const MAX_LIMIT = 64

/** Waiting in place is cheaper than being put off, but it takes a place from others. */
const PATIENCE_MS = 250

/** What is put off comes back one after another, as the target can take it; at the latest after this. */
const MAX_DELAY_MS = 60_000

/** How long a word of caution holds here: the store tells all processes, but only of what they claim after. */
const CAUTION_MS = 10_000

/** Beyond so many targets, those that nothing runs at are forgotten. */
const REMEMBERED = 1_000

interface Target {
  active: number
  limit: number
  /** An attempt's duration, as a moving average. */
  meanMs: number
  /** Since when every place has been taken. */
  fullSince: number
  /** When the next one that is put off may come back. */
  nextSlotAt: number
  slowedUntil: number
  readonly waiting: Set<Deferred.Deferred<void>>
}

/** How an attempt went: `slow` when the target is overloaded or out of reach. */
export type Passage = "well" | "ill" | "slow" | "unsent"

const newTarget = (): Target => ({
  active: 0,
  limit: INITIAL_LIMIT,
  meanMs: 50,
  fullSince: 0,
  nextSlotAt: 0,
  slowedUntil: 0,
  waiting: new Set()
})

const ADJUST: Record<Passage, (limit: number) => number> = {
  well: (limit) => Math.min(MAX_LIMIT, limit + 1),
  ill: (limit) => limit,
  slow: (limit) => Math.max(1, limit >> 2),
  unsent: (limit) => limit
}

const LET_IN = Effect.succeed(0)

/**
 * Shares this process's places out between targets, so that one that hangs or crawls holds a few of them and no more:
 * fewer at once after each trouble, more after each success. Whoever cannot be let in soon is told when to come back.
 */
export const makeTargetGate = () => {
  const targets = new Map<string, Target>()

  const targetOf = (key: string): Target => targets.get(key) ?? remember(key)

  const remember = (key: string): Target => {
    const found = newTarget()
    if (targets.size >= REMEMBERED) {
      for (const [other, { active, waiting }] of targets) if (active === 0 && waiting.size === 0) targets.delete(other)
    }
    targets.set(key, found)
    return found
  }

  /** The next slot of a target that takes one every `spacingMs`, not before `from`; as a delay from now. */
  const slot = (target: Target, now: number, from: number, spacingMs: number): number => {
    target.nextSlotAt = Math.max(target.nextSlotAt, from) + spacingMs
    const latest = Math.max(from - now, 0) + Math.max(MAX_DELAY_MS, spacingMs)
    return Math.ceil(Math.min(target.nextSlotAt - now, latest))
  }

  const take = (target: Target, now: number): void => {
    target.active++
    if (target.active >= target.limit) target.fullSince = now
  }

  /** Between two that are let in; a target that has let nobody go for a while is as slow as that. */
  const spacing = ({ active, fullSince, limit, meanMs }: Target, now: number): number =>
    Math.max(1, active < limit ? meanMs : Math.max(meanMs, now - fullSince)) / limit

  /** How long the last in the queue would wait. */
  const expectedWait = (target: Target, now: number): number => (target.waiting.size + 1) * spacing(target, now)

  const waitIn = Effect.fnUntraced(function* (target: Target) {
    const turn = Deferred.makeUnsafe<void>()
    target.waiting.add(turn)
    const letIn = yield* Deferred.await(turn).pipe(
      Effect.timeoutOption(2 * PATIENCE_MS),
      Effect.onInterrupt(() => Effect.sync(() => giveUp(target, turn)))
    )
    if (Option.isSome(letIn)) return true
    // Its turn may have come in the very moment its patience ended.
    return !target.waiting.delete(turn)
  })

  /** A place that was handed to somebody who is gone goes to the next. */
  const giveUp = (target: Target, turn: Deferred.Deferred<void>): void => {
    if (!target.waiting.delete(turn)) handOn(target)
  }

  const handOn = (target: Target): void => {
    target.active--
    for (const next of target.waiting) {
      if (target.active >= target.limit) break
      target.waiting.delete(next)
      target.active++
      Deferred.doneUnsafe(next, Effect.void)
    }
  }

  const enterLater = Effect.fnUntraced(function* (target: Target) {
    if (expectedWait(target, yield* Clock.currentTimeMillis) <= PATIENCE_MS && (yield* waitIn(target))) return 0
    const later = yield* Clock.currentTimeMillis
    return slot(target, later, later, spacing(target, later))
  })

  /** Lets one in, and answers 0; else the milliseconds after which to come back. `slowedMs` is what the store knows. */
  const enter = (key: string, slowedMs: number): Effect.Effect<number> =>
    Clock.clockWith((clock) => {
      const now = clock.currentTimeMillisUnsafe()
      const target = targetOf(key)
      const slowedUntil = Math.max(target.slowedUntil, now + slowedMs)
      if (slowedUntil > now) return Effect.succeed(slot(target, now, slowedUntil, spacing(target, now)))
      if (target.active >= target.limit) return enterLater(target)
      take(target, now)
      return LET_IN
    })

  /** Lets the next one in. `slowForMs` is how long the target wants to be left alone. */
  const leave = (key: string, passage: Passage, durationMs: number, slowForMs: number): Effect.Effect<void> =>
    Clock.clockWith((clock) => {
      const now = clock.currentTimeMillisUnsafe()
      const target = targetOf(key)
      if (passage !== "unsent") target.meanMs += (durationMs - target.meanMs) / 8
      target.limit = ADJUST[passage](target.limit)
      if (slowForMs > 0) target.slowedUntil = Math.max(target.slowedUntil, now + Math.min(slowForMs, CAUTION_MS))
      target.fullSince = now
      handOn(target)
      return Effect.void
    })

  /** When a target that takes so many a minute has a place for one more. */
  const paced = Effect.fnUntraced(function* (key: string, perMinute: number) {
    const now = yield* Clock.currentTimeMillis
    return slot(targetOf(key), now, now, 60_000 / perMinute)
  })

  return { enter, leave, paced }
}
