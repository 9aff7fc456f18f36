import { type LaneKind, TurnId, type TurnNews } from "@butler/domain"
import { Option, Schema } from "effect"

const kinds = ["turn", "delivery", "replay", "ingestion"] as const satisfies ReadonlyArray<LaneKind>
const news = ["ended", "stopped", "progress", "followed"] as const satisfies ReadonlyArray<TurnNews>

const turnIds = Schema.optionalKey(Schema.Array(TurnId))

/** What one process tells the others with one NOTIFY. */
const WakeupPayload = Schema.Struct({
  from: Schema.String,
  due: Schema.Array(Schema.Literals(kinds)),
  ended: turnIds,
  stopped: turnIds,
  progress: turnIds,
  followed: turnIds
})
export type WakeupPayload = typeof WakeupPayload.Type

const text = Schema.fromJsonString(WakeupPayload)

export const encodePayload = Schema.encodeSync(text)

/** None for what another version of the program may say one day. */
export const decodePayload: (payload: string) => Option.Option<WakeupPayload> = Schema.decodeUnknownOption(text)

/** A NOTIFY carries less than 8,000 bytes, and an id takes at most 22 of them. */
const IDS = 300

/** All that has been said since it was last taken. */
export interface Outbox {
  readonly due: Set<LaneKind>
  readonly news: Readonly<Record<TurnNews, Set<TurnId>>>
}

export const emptyOutbox = (): Outbox => ({
  due: new Set(),
  news: { ended: new Set(), stopped: new Set(), progress: new Set(), followed: new Set() }
})

export const isEmpty = (outbox: Outbox): boolean =>
  outbox.due.size === 0 && news.every((each) => outbox.news[each].size === 0)

/** Puts what could not be said back to what is to be said. */
export const putBack = (from: Outbox, into: Outbox): void => {
  for (const kind of from.due) into.due.add(kind)
  for (const each of news) for (const turnId of from.news[each]) into.news[each].add(turnId)
}

const slices = (ids: ReadonlySet<TurnId>): ReadonlyArray<ReadonlyArray<TurnId>> => {
  const all = [...ids]
  return Array.from({ length: Math.ceil(all.length / IDS) }, (_, index) => all.slice(index * IDS, (index + 1) * IDS))
}

/** What is to be said in as few payloads as it fits into. */
export const payloadsOf = (from: string, outbox: Outbox): ReadonlyArray<WakeupPayload> => {
  const due = [...outbox.due]
  const size = news.reduce((sum, each) => sum + outbox.news[each].size, 0)
  if (size <= IDS) {
    const told = news.filter((each) => outbox.news[each].size > 0).map((each) => [each, [...outbox.news[each]]])
    return [{ from, due, ...Object.fromEntries(told) }]
  }
  const told = news.flatMap((each) => slices(outbox.news[each]).map((ids) => ({ from, due: [], [each]: ids })))
  return due.length === 0 ? told : [{ from, due }, ...told]
}

/** The news that a payload holds. */
export const newsOf = (payload: WakeupPayload): ReadonlyArray<readonly [TurnNews, ReadonlyArray<TurnId>]> =>
  news.flatMap((each) => {
    const ids = payload[each]
    return ids === undefined ? [] : [[each, ids] as const]
  })
