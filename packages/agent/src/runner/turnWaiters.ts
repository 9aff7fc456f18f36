import type { HeardTurns, TurnId } from "@butler/domain"
import { Effect, Latch, Random, type Scope } from "effect"

/** How long a waiter goes without a look, should the word of what happened elsewhere be lost; more or less. */
const PATIENCE_MS = 1_000

/** Somebody who waits for news of turns. */
export interface TurnWaiter {
  readonly watch: (turnId: TurnId) => void
  /** Waits for news since the last time, or for the time when it is good to look all the same. */
  readonly next: Effect.Effect<void>
}

const makeWaiter = () => {
  const news = Latch.makeUnsafe(false)
  const heard = Effect.andThen(Latch.await(news), Latch.close(news))
  const patience = Random.nextBetween(PATIENCE_MS * 0.8, PATIENCE_MS * 1.2)
  const next = Effect.asVoid(Effect.flatMap(patience, (millis) => Effect.timeoutOption(heard, millis)))
  return { news, next, watched: new Set<TurnId>() }
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
    ({ news, next, watched }) => ({
      next,
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
