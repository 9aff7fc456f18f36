import {
  type AgentLog,
  FIRST_PROGRESS,
  isEnded,
  type ProgressEvent,
  progressOf,
  type Reply,
  type Turn,
  type TurnId,
  type TurnNotFound,
  type TurnProgressLog,
  type Turns,
  type TurnStatus,
  type WorkspaceId
} from "@butler/domain"
import { Clock, Effect, Option, Stream } from "effect"
import { findTurn } from "./findTurn.ts"
import type { LiveTurn } from "./liveTurns.ts"
import { type TurnState, withAnswer } from "./TurnState.ts"
import type { TurnWaiter, TurnWaiters } from "./turnWaiters.ts"

/** One event of a turn's stream; `id` is gapless from 1. */
export type TurnStreamEvent = { readonly id: number } & (
  | { readonly type: "accepted"; readonly turnId: TurnId; readonly dialogId: string; readonly status: TurnStatus }
  | { readonly type: "log"; readonly log: AgentLog }
  | { readonly type: "delta"; readonly text: string }
  /** The turn has been started anew: the deltas so far are void. */
  | { readonly type: "restarted" }
  | { readonly type: "message"; readonly reply: Reply }
  | { readonly type: "ended"; readonly state: TurnState }
)

export interface TurnStreamSources {
  readonly turns: Turns["Service"]
  readonly log: TurnProgressLog["Service"]
  readonly live: (turnId: TurnId) => LiveTurn | undefined
  /** Has whoever runs a turn write down what it tells, and say so. */
  readonly ask: (turnId: TurnId) => Effect.Effect<void>
  /** Those who wait for news of turns that run in other processes, or do not run yet. */
  readonly waiters: TurnWaiters
}

const told = (event: ProgressEvent): TurnStreamEvent => {
  switch (event.kind) {
    case "log":
      return { id: event.n, type: "log", log: event.log }
    case "delta":
      return { id: event.n, type: "delta", text: event.text }
    case "restarted":
      return { id: event.n, type: "restarted" }
  }
}

const behind = (events: ReadonlyArray<ProgressEvent>, id: number) => events.filter(({ n }) => n > id).map(told)

/** Of a turn that is ending there may be a part only, which its whole makes good. */
const isWhole = (events: ReadonlyArray<ProgressEvent>, after: number): boolean => events[0]?.n === after + 1

/** What is left of an ended turn's stream. Ids go on behind what the reader has, also when the turn was cut short. */
const rest = (own: Turn, answer: Turn, after: number): ReadonlyArray<TurnStreamEvent> => {
  const text = answer.replies[0]?.content ?? ""
  const progress = progressOf(answer.timeline, answer.agentLogs, text)
  const next = progress.length + FIRST_PROGRESS
  const messages = answer.replies.map((reply, index): TurnStreamEvent => ({ id: next + index, type: "message", reply }))
  const last = Math.max(next + messages.length, after + 1)
  return [
    ...behind(progress, after),
    ...messages.filter(({ id }) => id > after),
    { id: last, type: "ended", state: withAnswer(own, answer) }
  ]
}

type Page = readonly [ReadonlyArray<TurnStreamEvent>, Option.Option<number>]

const goOn = (events: ReadonlyArray<TurnStreamEvent>, after: number): Page => [
  events,
  Option.some(events.at(-1)?.id ?? after)
]

/** A reader of one turn's stream. */
interface Reader extends TurnWaiter {
  readonly workspaceId: WorkspaceId
  readonly turnId: TurnId
  /**
   * Whose progress it is told: the turn's own, or that of the one it has joined. None for a superseded turn: what it had
   * told is not how the other's answer begins.
   */
  telling: TurnId | null
  /** When whoever runs that was last asked to tell of it. */
  askedAt: number
}

/** How often it is asked again, since the question may be lost. */
const ASK_AGAIN_MS = 1_000

/**
 * A turn's events behind `after`, from wherever it runs, to its end and also after it. A turn that another answers for
 * tells that one's.
 */
export const turnStream = ({ ask, live, log, turns, waiters }: TurnStreamSources) => {
  /** The turn that answers, with news of it being heard before it is looked at. */
  const answerOf = Effect.fnUntraced(function* ({ watch, workspaceId }: Reader, own: Turn) {
    let answer = own
    while (answer.answeredBy !== null) {
      watch(answer.answeredBy)
      answer = yield* findTurn(turns, workspaceId, answer.answeredBy)
    }
    return answer
  })

  const accepted = Effect.fnUntraced(function* ({ turnId, workspaceId }: Reader) {
    const { dialogId, status } = yield* findTurn(turns, workspaceId, turnId)
    return { id: 1, type: "accepted", turnId, dialogId, status } as const
  })

  /** Waits for news of the turn, and has whoever runs it tell them. */
  const wait = Effect.fnUntraced(function* (reader: Reader, { id, status }: Turn) {
    const now = yield* Clock.currentTimeMillis
    if (status !== "running" || now - reader.askedAt < ASK_AGAIN_MS) return yield* reader.next
    reader.askedAt = now
    yield* Effect.andThen(ask(id), reader.soon)
  })

  /** What there is to tell of a turn that does not run here; waits a while when there is nothing. */
  const fromElsewhere = Effect.fnUntraced(function* (
    reader: Reader,
    after: number
  ): Effect.fn.Return<Page, TurnNotFound> {
    const { telling, turnId, workspaceId } = reader
    const written = telling === null ? [] : yield* log.after(workspaceId, telling, after)
    if (isWhole(written, after)) return goOn(written.map(told), after)
    const own = yield* findTurn(turns, workspaceId, turnId)
    const answer = yield* answerOf(reader, own)
    if (isEnded(answer.status)) return [rest(own, answer, after), Option.none()]
    reader.telling = own.status === "superseded" ? null : answer.id
    if (reader.telling === telling) yield* wait(reader, answer)
    return goOn([], after)
  })

  const page = Effect.fnUntraced(function* (reader: Reader, after: number): Effect.fn.Return<Page, TurnNotFound> {
    if (after === 0) return goOn([yield* accepted(reader)], after)
    const here = reader.telling === null ? undefined : live(reader.telling)
    if (here === undefined) return yield* fromElsewhere(reader, after)
    const events = behind(here.events, after)
    if (events.length === 0) yield* here.changed
    return goOn(events, after)
  })

  const open = Effect.fnUntraced(function* (workspaceId: WorkspaceId, turnId: TurnId, after: number) {
    const waiter = yield* waiters.waiter
    waiter.watch(turnId)
    const reader: Reader = { ...waiter, workspaceId, turnId, telling: turnId, askedAt: -Infinity }
    return Stream.paginate(after, (id) => page(reader, id))
  })

  return (workspaceId: WorkspaceId, turnId: TurnId, after: number): Stream.Stream<TurnStreamEvent, TurnNotFound> =>
    Stream.unwrap(open(workspaceId, turnId, after))
}
