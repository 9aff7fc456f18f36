import {
  FIRST_PROGRESS,
  type ProgressEvent,
  type RunnableTurn,
  type Timeline,
  timelineOf,
  type TurnId,
  type TurnProgressLog,
  type TurnProgressSink
} from "@butler/domain"
import { Clock, Deferred, Effect, Latch } from "effect"

/** Deltas that come faster are told together; the first after a pause is told at once. */
const COALESCE_MS = 40

/** A turn that is over sooner is never written down for other processes. */
const STORE_AFTER_MS = 100

/** Deltas that may have been told here and not yet written down: what comes beyond is told together with the next. */
const MAX_UNSTORED = 16

/**
 * Numbers that a start leaves to each one before it, which may have told so much without a trace: its deltas, the last of them
 * and its own mark. So a reader who has had them misses nothing of the new start.
 */
const ROOM = MAX_UNSTORED + 2

/** How long a store that failed is left alone. */
const STORE_AGAIN = "500 millis"

/** A turn that runs here, with what it has told so far. */
export interface LiveTurn {
  readonly events: ReadonlyArray<ProgressEvent>
  /** Ends when more has been told, or the turn runs here no more. */
  readonly changed: () => Effect.Effect<void>
}

interface Recorder extends LiveTurn {
  readonly turn: RunnableTurn
  readonly events: Array<ProgressEvent>
  readonly begunAt: number
  pending: string
  toldAt: number
  stored: number
  /** How many events there were when this start began to tell its own. */
  readonly opening: number
  more: Deferred.Deferred<void>
}

type Told =
  | { readonly kind: "log"; readonly log: Extract<ProgressEvent, { readonly kind: "log" }>["log"] }
  | { readonly kind: "delta"; readonly text: string }

const announce = (recorder: Recorder): void => {
  const { more } = recorder
  recorder.more = Deferred.makeUnsafe<void>()
  Deferred.doneUnsafe(more, Effect.void)
}

const tell = (recorder: Recorder, told: Told): void => {
  recorder.events.push({ ...told, n: recorder.events.length + FIRST_PROGRESS })
  announce(recorder)
}

const hasRoom = ({ events, opening, stored }: Recorder): boolean =>
  events.length - Math.max(opening, stored) < MAX_UNSTORED

/** What a start begins with. */
const openingOf = (before: ReadonlyArray<ProgressEvent>, attempts: number): ReadonlyArray<ProgressEvent> => {
  if (attempts === 1) return before
  const next = before.length + FIRST_PROGRESS
  const room = ROOM * (attempts - 1)
  const empty = Array.from({ length: room }, (_, index) => ({ n: next + index, kind: "delta", text: "" }) as const)
  return [...before, ...empty, { n: next + room, kind: "restarted" }]
}

const tellPending = (recorder: Recorder, now: number): void => {
  if (recorder.pending === "") return
  const text = recorder.pending
  recorder.pending = ""
  recorder.toldAt = now
  tell(recorder, { kind: "delta", text })
}

/** Records what running turns tell: at once for those who follow in this process, a little later for those in others. */
export const makeLiveTurns = Effect.fnUntraced(function* (log: TurnProgressLog["Service"]) {
  const live = new Map<TurnId, Recorder>()
  const dirty = yield* Latch.make(false)

  const sinkOf = (recorder: Recorder): TurnProgressSink => ({
    delta: (text) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        recorder.pending += text
        if (now - recorder.toldAt >= COALESCE_MS && hasRoom(recorder)) tellPending(recorder, now)
        Latch.openUnsafe(dirty)
      }),
    log: (line) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        tellPending(recorder, now)
        tell(recorder, { kind: "log", log: line })
        Latch.openUnsafe(dirty)
      })
  })

  /** A turn that was started before goes on behind what that start had told. */
  const begin = Effect.fnUntraced(function* (turn: RunnableTurn) {
    const before = turn.attempts > 1 ? yield* log.after(turn.workspaceId, turn.id, 0) : []
    const events = openingOf(before, turn.attempts)
    const recorder: Recorder = {
      turn,
      events: [...events],
      opening: events.length,
      begunAt: yield* Clock.currentTimeMillis,
      pending: "",
      toldAt: -Infinity,
      stored: before.length,
      more: Deferred.makeUnsafe<void>(),
      changed: () => Deferred.await(recorder.more)
    }
    live.set(turn.id, recorder)
    const timeline: Effect.Effect<Timeline> = Effect.map(Clock.currentTimeMillis, (now) => {
      tellPending(recorder, now)
      return timelineOf(recorder.events)
    })
    const finish = Effect.sync(() => {
      if (live.get(turn.id) === recorder) live.delete(turn.id)
      announce(recorder)
    })
    return { sink: sinkOf(recorder), timeline, finish }
  })

  const store = Effect.fnUntraced(function* (recorder: Recorder) {
    const events = recorder.events.slice(recorder.stored)
    yield* log.append(recorder.turn.workspaceId, recorder.turn.id, events)
    recorder.stored += events.length
  })

  const tick = Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    const recorders = [...live.values()]
    for (const recorder of recorders) if (hasRoom(recorder)) tellPending(recorder, now)
    const behind = recorders.filter(({ events, stored }) => stored < events.length)
    const due = behind.filter(({ begunAt }) => now - begunAt >= STORE_AFTER_MS)
    yield* Effect.forEach(due, store, { concurrency: 4, discard: true })
    if (behind.length > due.length || recorders.some(({ pending }) => pending !== "")) yield* Latch.open(dirty)
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

  return { begin, find: (turnId: TurnId): LiveTurn | undefined => live.get(turnId) }
})

export type LiveTurns = Effect.Success<ReturnType<typeof makeLiveTurns>>
