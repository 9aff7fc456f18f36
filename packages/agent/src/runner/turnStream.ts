import {
  type AgentLog,
  FIRST_PROGRESS,
  isEnded,
  type ProgressEvent,
  progressOf,
  type Reply,
  type Turn,
  type TurnId,
  TurnNotFound,
  type TurnProgressLog,
  type Turns,
  type TurnStatus,
  type WorkspaceId
} from "@butler/domain"
import { Effect, Option, Stream } from "effect"
import type { LiveTurn } from "./liveTurns.ts"
import { type TurnState, withAnswer } from "./TurnState.ts"

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

/** How often a turn that runs in another process is looked at. */
const POLL = "200 millis"

export interface TurnStreamSources {
  readonly turns: Turns["Service"]
  readonly log: TurnProgressLog["Service"]
  readonly live: (turnId: TurnId) => LiveTurn | undefined
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

/**
 * A turn's events behind `after`, from wherever it runs, to its end and also after it. A turn that another answers for
 * tells that one's.
 */
export const turnStream = ({ live, log, turns }: TurnStreamSources) => {
  const find = (workspaceId: WorkspaceId, turnId: TurnId) =>
    Effect.flatMap(turns.find(workspaceId, turnId), (turn) =>
      Option.isSome(turn) ? Effect.succeed(turn.value) : Effect.fail(new TurnNotFound({ turnId }))
    )

  const answerOf = Effect.fnUntraced(function* (workspaceId: WorkspaceId, own: Turn) {
    let answer = own
    while (answer.answeredBy !== null) answer = yield* find(workspaceId, answer.answeredBy)
    return answer
  })

  const page = Effect.fnUntraced(function* (
    workspaceId: WorkspaceId,
    turnId: TurnId,
    after: number
  ): Effect.fn.Return<Page, TurnNotFound> {
    const here = live(turnId)
    if (here !== undefined && after > 0) {
      const events = behind(here.events, after)
      if (events.length === 0) yield* here.changed()
      return goOn(events, after)
    }
    const own = yield* find(workspaceId, turnId)
    if (after === 0) {
      const accepted = { id: 1, type: "accepted", turnId, dialogId: own.dialogId, status: own.status } as const
      return goOn([accepted], after)
    }
    const answer = yield* answerOf(workspaceId, own)
    if (isEnded(answer.status)) return [rest(own, answer, after), Option.none()]
    const answering = own.status === "superseded" ? undefined : live(answer.id)
    const events = behind(answering?.events ?? (yield* log.after(workspaceId, answer.id, after)), after)
    if (events.length === 0) yield* Effect.raceFirst(answering?.changed() ?? Effect.never, Effect.sleep(POLL))
    return goOn(own.status === "superseded" ? [] : events, after)
  })

  return (workspaceId: WorkspaceId, turnId: TurnId, after: number): Stream.Stream<TurnStreamEvent, TurnNotFound> =>
    Stream.paginate(after, (id) => page(workspaceId, turnId, id))
}
