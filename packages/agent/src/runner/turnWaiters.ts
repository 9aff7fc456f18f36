import type { HeardTurns, TurnId } from "@butler/domain"
import { Effect, Latch, Random, type Scope } from "effect"

/** How long a waiter goes without a look, should the word of what happened elsewhere be lost; more or less. */
const PATIENCE_MS = 1_000

/** The same behind a question to whoever runs a turn, who may have ended it before hearing that. */
const ASKED_MS = 100

/** Somebody who waits for news of turns. */
export interface TurnWaiter {
  readonly watch: (turnId: TurnId) => void
  /** Waits for news since the last time, or for the time when it is good to look all the same. */
  readonly next: Effect.Effect<void>
  /** `next` for who has just asked to be told. */
  readonly soon: Effect.Effect<void>
}

const makeWaiter = () => {
  const news = Latch.makeUnsafe(false)
  const heard = Effect.andThen(Latch.await(news), Latch.close(news))
  const within = (patienceMs: number) =>
    Effect.flatMap(Random.nextBetween(patienceMs * 0.8, patienceMs * 1.2), (millis) =>
      Effect.asVoid(Effect.timeoutOption(heard, millis))
    )
  return { news, next: within(PATIENCE_MS), soon: within(ASKED_MS), watched: new Set<TurnId>() }
}

/** Those who wait for news of turns in this process. */
export const makeTurnWaiters = () => {
  const watching = new Map<TurnId, Set<Latch.Latch>>()

  const forget = (turnId: TurnId, news: Latch.Latch): void => {
    const latches = watching.get(turnId)
    if (latches?.delete(news) === true && latches.size === 0) watching.delete(turnId)
  }

  const waiter: Effect.Effect<TurnWaiter, never, Scope.Scope> = Effect.map(
    Effect.acquireRelease(Effect.sync(makeWaiter), ({ news, watched }) =>
      Effect.sync(() => watched.forEach((turnId) => forget(turnId, news)))
    ),
    ({ news, next, soon, watched }) => ({
      next,
      soon,
      watch: (turnId) => {
        watched.add(turnId)
        watching.set(turnId, (watching.get(turnId) ?? new Set()).add(news))
      }
    })
  )

  /** Wakes whoever watches one of the turns; null stands for all there are. */
  const signal = (turnIds: HeardTurns): Effect.Effect<void> =>
    Effect.sync(() => {
      for (const turnId of turnIds ?? watching.keys()) {
        for (const news of watching.get(turnId) ?? []) Latch.openUnsafe(news)
      }
    })

  return { waiter, signal }
}

export type TurnWaiters = ReturnType<typeof makeTurnWaiters>
