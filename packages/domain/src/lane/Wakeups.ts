import { Context, Effect, type Scope } from "effect"
import type { LaneKind } from "./Lane.ts"

interface WakeupsShape {
  /** Says, after the commit, that work of a kind may be due. */
  readonly signal: (kind: LaneKind) => Effect.Effect<void>
  /** Runs `wake` at each signal of a kind for as long as the scope is open. */
  readonly listen: (kind: LaneKind, wake: Effect.Effect<void>) => Effect.Effect<void, never, Scope.Scope>
}

const makeInProcess = (): WakeupsShape => {
  const listening = new Map<LaneKind, Set<Effect.Effect<void>>>()
  const listenersOf = (kind: LaneKind): Set<Effect.Effect<void>> => {
    const found = listening.get(kind) ?? new Set()
    listening.set(kind, found)
    return found
  }
  return {
    signal: (kind) => Effect.suspend(() => Effect.all([...listenersOf(kind)], { discard: true })),
    listen: (kind, wake) =>
      Effect.asVoid(
        Effect.acquireRelease(
          Effect.sync(() => listenersOf(kind).add(wake)),
          (listeners) => Effect.sync(() => listeners.delete(wake))
        )
      )
  }
}

/**
 * Tells runners that there is work, so that it need not wait for their poll; a signal that is lost costs no more than that.
 * Without another one provided, the runners of this process hear what this process stores.
 */
export const Wakeups = Context.Reference<WakeupsShape>("@butler/domain/Wakeups", { defaultValue: makeInProcess })
