import { type ProgressEvent, type RunnableTurn, type TurnId, type TurnProgressLog, Wakeups } from "@butler/domain"
import { Array as Arr, Clock, Deferred, Effect, Latch } from "effect"
import {
  announce,
  closing,
  COALESCE_MS,
  type Followed,
  hasRoom,
  isBehind,
  makeRecorder,
  openingOf,
  type Recorder,
  sinkOf,
  tellPending
} from "./recorder.ts"

/** A turn that is over sooner is never written down for other processes. */
const STORE_AFTER_MS = 100

/** Whether others are to hear of it by now. */
const isAwaited = ({ begunAt, followed }: Recorder, now: number): boolean =>
  followed === "elsewhere" && now - begunAt >= STORE_AFTER_MS

/** Turns written down by one statement, which holds their lanes still meanwhile. */
const BATCH = 64

/** How long a store that failed is left alone. */
const STORE_AGAIN = "500 millis"

/** A turn that runs here, with what it has told so far. */
export interface LiveTurn {
  readonly events: ReadonlyArray<ProgressEvent>
  /** Ends when more has been told, or the turn runs here no more. */
  readonly changed: Effect.Effect<void>
}

export interface LiveTurnsOptions {
  readonly log: TurnProgressLog["Service"]
  /** Called for each turn that begins here. */
  readonly onBegin: (turnId: TurnId) => Effect.Effect<void>
}

/**
 * Records what running turns tell: at once for those who follow in this process, a little later for those in others, who hear
 * that there is more. They ask for it by the news `followed`: what nobody elsewhere follows is written down only so far as a
 * later start would have to know it.
 */
export const makeLiveTurns = Effect.fnUntraced(function* ({ log, onBegin }: LiveTurnsOptions) {
  const wakeups = yield* Wakeups
  const live = new Map<TurnId, Recorder>()
  const dirty = yield* Latch.make(false)

  /** Goes on behind what the starts before this one had told; nobody is told anything before that has been written down. */
  const reopen = Effect.fnUntraced(function* ({ id: turnId, lease, workspaceId }: RunnableTurn) {
    const before = yield* log.after(workspaceId, turnId, 0)
    const opening = openingOf(before)
    yield* log.append([{ turnId, lease, events: opening }])
    yield* wakeups.tell("progress", [turnId])
    return [...before, ...opening]
  })

  /** `elsewhere`: whether it may be followed in other processes from the start. */
  const begin = Effect.fnUntraced(function* (turn: RunnableTurn, elsewhere: boolean) {
    const opening = turn.attempts > 1 ? yield* reopen(turn) : []
    const begunAt = yield* Clock.currentTimeMillis
    const recorder = makeRecorder({ turn, begunAt, opening, followed: elsewhere ? "elsewhere" : "no" })
    live.set(turn.id, recorder)
    yield* onBegin(turn.id)
    const finish = Effect.sync(() => {
      recorder.closed = true
      if (live.get(turn.id) === recorder) live.delete(turn.id)
      announce(recorder)
    })
    return {
      sink: sinkOf(recorder, () => Latch.openUnsafe(dirty)),
      timeline: closing(recorder),
      isFollowedElsewhere: () => recorder.followed === "elsewhere",
      finish
    }
  })

  const store = Effect.fnUntraced(function* (recorders: ReadonlyArray<Recorder>) {
    if (recorders.length === 0) return
    const stored = Deferred.makeUnsafe<void>()
    const told = recorders.map(({ events, stored: from, turn: { id: turnId, lease } }) => ({
      turnId,
      lease,
      events: events.slice(from)
    }))
    for (const recorder of recorders) recorder.storing = stored
    yield* log.append(told).pipe(
      Effect.ensuring(
        Effect.sync(() => {
          for (const recorder of recorders) recorder.storing = null
          Deferred.doneUnsafe(stored, Effect.void)
        })
      )
    )
    recorders.forEach((recorder, index) => (recorder.stored += told[index]?.events.length ?? 0))
    yield* wakeups.tell(
      "progress",
      told.map(({ turnId }) => turnId)
    )
  })

  const tick = Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const recorders = [...live.values()].filter(({ followed }) => followed !== "no")
    for (const recorder of recorders) tellPending(recorder, now)
    const behind = recorders.filter(isBehind)
    const due = behind.filter((recorder) => isAwaited(recorder, now) || !hasRoom(recorder))
    yield* Effect.forEach(Arr.chunksOf(due, BATCH), (chunk) => store(chunk.filter(isBehind)), { discard: true })
    const later = behind.some((recorder) => recorder.followed === "elsewhere" && !isAwaited(recorder, now))
    if (later || recorders.some(({ pending }) => pending.length > 0)) yield* Latch.open(dirty)
  }).pipe(
    Effect.catchCause((cause) =>
      Effect.logWarning("the progress of turns could not be stored", cause).pipe(
        Effect.andThen(Effect.sleep(STORE_AGAIN)),
        Effect.andThen(Latch.open(dirty))
      )
    )
  )

  yield* Latch.await(dirty).pipe(
    Effect.andThen(Latch.close(dirty)),
    Effect.andThen(Effect.sleep(COALESCE_MS)),
    Effect.andThen(tick),
    Effect.forever,
    Effect.forkScoped
  )

  const follow = (recorder: Recorder, by: Followed): void => {
    if (recorder.followed === by || recorder.followed === "elsewhere") return
    recorder.followed = by
    Latch.openUnsafe(dirty)
  }

  yield* wakeups.hear("followed", (turnIds) =>
    Effect.sync(() => {
      for (const turnId of turnIds ?? live.keys()) {
        const recorder = live.get(turnId)
        if (recorder !== undefined) follow(recorder, "elsewhere")
      }
    })
  )

  const find = (turnId: TurnId): LiveTurn | undefined => {
    const recorder = live.get(turnId)
    if (recorder === undefined) return undefined
    follow(recorder, "here")
    return { events: recorder.events, changed: Deferred.await(recorder.more) }
  }

  /** Has whoever runs the turn tell others of it, if it does not run here. */
  const ask = (turnId: TurnId): Effect.Effect<void> =>
    Effect.suspend(() => (live.has(turnId) ? Effect.void : wakeups.tell("followed", [turnId])))

  return { begin, find, ask }
})

export type LiveTurns = Effect.Success<ReturnType<typeof makeLiveTurns>>
