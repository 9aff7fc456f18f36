import {
  FIRST_PROGRESS,
  type ProgressEvent,
  type RunnableTurn,
  type Timeline,
  timelineOf,
  type TurnProgressSink
} from "@butler/domain"
import { Clock, Deferred, Effect } from "effect"

/** Deltas that come faster are told together; the first after a pause is told at once. */
export const COALESCE_MS = 40

/** What may have been told here and not yet been written down: what comes beyond waits until some of it has been. */
const MAX_UNSTORED = 8

/** What a turn tells, before it has its number. */
type Told =
  | { readonly kind: "log"; readonly log: Extract<ProgressEvent, { readonly kind: "log" }>["log"] }
  | { readonly kind: "delta"; readonly text: string }
  | { readonly kind: "restarted" }

/** By whom a turn is followed: by nobody, in this process alone, or in another one too. */
export type Followed = "no" | "here" | "elsewhere"

/** What a start of a turn has told so far, and what it is still to tell. */
export interface Recorder {
  readonly turn: RunnableTurn
  readonly begunAt: number
  readonly events: Array<ProgressEvent>
  readonly pending: Array<Told>
  /** Whether somebody follows it: nobody need be told by degrees what nobody hears. */
  followed: Followed
  /** When the last delta was. */
  toldAt: number
  /** How many of the events have been written down. */
  stored: number
  /** Under way while some are. */
  storing: Deferred.Deferred<void> | null
  /** Its outcome is known: nothing more is told or written down. */
  closed: boolean
  more: Deferred.Deferred<void>
}

export interface RecorderStart extends Pick<Recorder, "turn" | "begunAt" | "followed"> {
  /** What earlier starts had told. */
  readonly opening: ReadonlyArray<ProgressEvent>
}

export const makeRecorder = ({ begunAt, followed, opening, turn }: RecorderStart): Recorder => ({
  turn,
  begunAt,
  followed,
  events: [...opening],
  pending: [],
  toldAt: -Infinity,
  stored: opening.length,
  storing: null,
  closed: false,
  more: Deferred.makeUnsafe<void>()
})

/**
 * What a start begins with when there were others before it. The last of them may have told so much without a trace: that many
 * numbers are left to it, so that a reader who has had them misses nothing of the new start.
 */
export const openingOf = (before: ReadonlyArray<ProgressEvent>): ReadonlyArray<ProgressEvent> => {
  const next = before.length + FIRST_PROGRESS
  const empty = Array.from({ length: MAX_UNSTORED }, (_, index): ProgressEvent => ({
    n: next + index,
    kind: "delta",
    text: ""
  }))
  return [...empty, { n: next + MAX_UNSTORED, kind: "restarted" }]
}

export const isBehind = ({ closed, events, stored }: Recorder): boolean => !closed && stored < events.length

export const hasRoom = ({ events, stored }: Recorder): boolean => events.length - stored < MAX_UNSTORED

/** Lets those who wait for more look again. */
export const announce = (recorder: Recorder): void => {
  const { more } = recorder
  recorder.more = Deferred.makeUnsafe<void>()
  Deferred.doneUnsafe(more, Effect.void)
}

const put = ({ pending }: Recorder, told: Told): void => {
  const last = pending.at(-1)
  if (told.kind === "delta" && last?.kind === "delta") {
    pending[pending.length - 1] = { kind: "delta", text: last.text + told.text }
  } else pending.push(told)
}

const numbered = ({ events, pending }: Recorder): ReadonlyArray<ProgressEvent> =>
  pending.map((told, index) => ({ ...told, n: events.length + index + FIRST_PROGRESS }))

/** Tells what waits, as far as there is room. */
export const tellPending = (recorder: Recorder, now: number): void => {
  if (recorder.pending.length === 0 || !hasRoom(recorder)) return
  const room = MAX_UNSTORED - (recorder.events.length - recorder.stored)
  const told = numbered(recorder).slice(0, room)
  recorder.events.push(...told)
  recorder.pending.splice(0, room)
  if (told.some(({ kind }) => kind === "delta")) recorder.toldAt = now
  announce(recorder)
}

/** Where the turn tells; `onMore` is called for each thing it does while it is followed. */
export const sinkOf = (recorder: Recorder, onMore: () => void): TurnProgressSink => {
  const take = (told: Told) =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      put(recorder, told)
      if (told.kind !== "delta" || now - recorder.toldAt >= COALESCE_MS) tellPending(recorder, now)
      if (recorder.followed !== "no") onMore()
    })
  const restart = Effect.suspend(() => {
    const lines = recorder.pending.filter(({ kind }) => kind !== "delta")
    recorder.pending.splice(0, Infinity, ...lines)
    return take({ kind: "restarted" })
  })
  return { delta: (text) => take({ kind: "delta", text }), log: (log) => take({ kind: "log", log }), restart }
}

/**
 * How the whole of it went, once there is an outcome. What still waits is told with that. Nothing is being written down any
 * more when it answers, so that the end leaves nothing behind.
 */
export const closing = (recorder: Recorder): Effect.Effect<Timeline> =>
  Effect.suspend(() => {
    recorder.closed = true
    const timeline = timelineOf([...recorder.events, ...numbered(recorder)])
    return recorder.storing === null ? Effect.succeed(timeline) : Effect.as(Deferred.await(recorder.storing), timeline)
  })
