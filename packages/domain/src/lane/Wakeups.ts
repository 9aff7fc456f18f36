import { Context, Effect, type Scope } from "effect"
import type { TurnId } from "../ids/brands.ts"
import type { LaneKind } from "./Lane.ts"

/**
 * What processes tell each other of turns. `ended`: of one that may be waited for elsewhere. `stopped`: ended by somebody
 * else than who runs it. `progress`: there is more to show of one that runs. `followed`: somebody waits for news of one that runs elsewhere.
 */
export type TurnNews = "ended" | "stopped" | "progress" | "followed"

/** The turns that there is news of; null when some may have been missed, of any turn. */
export type HeardTurns = ReadonlyArray<TurnId> | null

export interface WakeupsShape {
  /** Says, after the commit, that work of a kind may be due. */
  readonly signal: (kind: LaneKind) => Effect.Effect<void>
  /** Runs `wake` at each signal of a kind for as long as the scope is open. */
  readonly listen: (kind: LaneKind, wake: Effect.Effect<void>) => Effect.Effect<void, never, Scope.Scope>
  /** Says, after the commit, what became of turns. */
  readonly tell: (news: TurnNews, turnIds: ReadonlyArray<TurnId>) => Effect.Effect<void>
  /** Runs `heed` at each piece of news for as long as the scope is open. */
  readonly hear: (
    news: TurnNews,
    heed: (turnIds: HeardTurns) => Effect.Effect<void>
  ) => Effect.Effect<void, never, Scope.Scope>
}

type Listener = (turnIds: HeardTurns) => Effect.Effect<void>

/** Signals and news within one process; `missed` tells every listener that it may have missed some. */
export const makeWakeups = (): WakeupsShape & { readonly missed: Effect.Effect<void> } => {
  const all = new Map<LaneKind | TurnNews, Set<Listener>>()
  const listenersOf = (topic: LaneKind | TurnNews): Set<Listener> => {
    const found = all.get(topic) ?? new Set()
    all.set(topic, found)
    return found
  }
  const send = (topic: LaneKind | TurnNews, turnIds: HeardTurns): Effect.Effect<void> =>
    Effect.suspend(() => Effect.forEach([...listenersOf(topic)], (heed) => heed(turnIds), { discard: true }))
  const add = (topic: LaneKind | TurnNews, heed: Listener) =>
    Effect.acquireRelease(
      Effect.sync(() => listenersOf(topic).add(heed)),
      (listeners) => Effect.sync(() => listeners.delete(heed))
    ).pipe(Effect.asVoid)
  return {
    signal: (kind) => send(kind, null),
    listen: (kind, wake) => add(kind, () => wake),
    tell: send,
    hear: add,
    missed: Effect.suspend(() => Effect.forEach([...all.keys()], (topic) => send(topic, null), { discard: true }))
  }
}

/**
 * Tells runners that there is work, so that it need not wait for their poll, and processes what became of each other's
 * turns; what is lost costs no more than that wait. Without another one provided, this process hears itself alone.
 */
export const Wakeups = Context.Reference<WakeupsShape>("@butler/domain/Wakeups", { defaultValue: makeWakeups })
