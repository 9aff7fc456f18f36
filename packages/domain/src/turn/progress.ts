import { Context, type Effect } from "effect"
import type { AgentLog } from "../agent/AgentLog.ts"
import type { TurnId, WorkspaceId } from "../ids/brands.ts"
import type { Lease } from "../lane/Lane.ts"

/**
 * What became visible of a turn while it ran. `n` numbers a turn's events without gaps from 2, over all its starts; 1 is
 * its acceptance. What was said before a `restarted` is void.
 */
export type ProgressEvent =
  | { readonly n: number; readonly kind: "log"; readonly log: AgentLog }
  | { readonly n: number; readonly kind: "delta"; readonly text: string }
  | { readonly n: number; readonly kind: "restarted" }

/**
 * A turn's progress in short, kept with its end, so that its stream can be told again to the letter: the length of a delta
 * (0 for one whose text is void), or one of the marks.
 */
export type Timeline = ReadonlyArray<number>

const LOG = -1
const RESTARTED = -2

/** The number of a turn's first event of progress. */
export const FIRST_PROGRESS = 2

export const timelineOf = (events: ReadonlyArray<ProgressEvent>): Timeline => {
  const restarted = events.findLastIndex((event) => event.kind === "restarted")
  return events.map((event, index) => {
    if (event.kind === "delta") return index < restarted ? 0 : event.text.length
    return event.kind === "log" ? LOG : RESTARTED
  })
}

/** The progress that a timeline tells of, from the logs and the text that the turn ended with. */
export const progressOf = (
  timeline: Timeline,
  logs: ReadonlyArray<AgentLog>,
  text: string
): ReadonlyArray<ProgressEvent> => {
  // Logs told before the last start are void; the last ones are those that were kept.
  let log = logs.length - timeline.filter((mark) => mark === LOG).length
  let at = 0
  return timeline.map((mark, index): ProgressEvent => {
    const n = index + FIRST_PROGRESS
    const kept = mark === LOG ? logs[log++] : undefined
    if (kept !== undefined) return { n, kind: "log", log: kept }
    if (mark === RESTARTED) return { n, kind: "restarted" }
    const from = at
    at += Math.max(mark, 0)
    return { n, kind: "delta", text: text.slice(from, at) }
  })
}

/** What a start of a turn has told, and the lease it told it under. */
export interface ToldProgress {
  readonly turnId: TurnId
  readonly lease: Lease
  readonly events: ReadonlyArray<ProgressEvent>
}

/** The progress of turns that run, for readers in other processes; dropped with the turn's end. */
export class TurnProgressLog extends Context.Service<
  TurnProgressLog,
  {
    /**
     * Writes down what was told of any number of turns, in one go. Fenced: nothing is of what was told under a lease that is
     * lost. What is there already stays.
     */
    readonly append: (told: ReadonlyArray<ToldProgress>) => Effect.Effect<void>
    /** What has been told behind event `n`, in order. */
    readonly after: (workspaceId: WorkspaceId, turnId: TurnId, n: number) => Effect.Effect<ReadonlyArray<ProgressEvent>>
  }
>()("@butler/domain/TurnProgressLog") {}
