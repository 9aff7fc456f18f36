import { setTimeout as sleep } from "node:timers/promises"
import postgres from "postgres"
import type { Contestant } from "./Contestant.ts"
import { readAccepted, type Speaker } from "./callTurn.ts"

/** A turn that was left to a worker, by the wall clock of the machine, which is the database's too. */
export interface QueuedTurn {
  readonly turnId: string
  readonly sentAt: number
  readonly acceptedAt: number
}

/** Of one turn, in milliseconds. */
export interface Waits {
  /** From the stored row's birth to its start. */
  readonly inLane: number
  /** From the caller's sending to the start. */
  readonly fromCall: number
  /** From the caller's sending to the answer that it is accepted. */
  readonly accepting: number
  readonly finishedAt: number
}

const wallClock = (): number => performance.timeOrigin + performance.now()

export const queueTurn = async (
  { key, pool }: Contestant,
  query: string,
  speaker: Speaker = {}
): Promise<QueuedTurn> => {
  const sentAt = wallClock()
  const response = await pool.request({
    method: "POST",
    path: "/api/open/v4/butler/chat/completions",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ query, async: true, ...speaker })
  })
  const text = await response.body.text()
  const acceptedAt = wallClock()
  const turnId = response.statusCode === 200 ? readAccepted(JSON.parse(text)) : undefined
  if (turnId === undefined) throw new Error(`status ${response.statusCode}: ${text.slice(0, 500)}`)
  return { turnId, sentAt, acceptedAt }
}

/** Calls at an even pace, whether or not those before have been answered. */
export const atPace = async <A>(
  perSecond: number,
  count: number,
  call: () => Promise<A>
): Promise<ReadonlyArray<A>> => {
  const started = performance.now()
  const calls: Array<Promise<A>> = []
  for (let number = 0; number < count; number += 1) {
    const early = started + (number * 1000) / perSecond - performance.now()
    if (early > 1) await sleep(early)
    calls.push(call())
  }
  return Promise.all(calls)
}

const PATIENCE_MS = 60_000
const LOOK_EVERY_MS = 200

/** Waits until all of the turns have ended, and reads from their rows how long they waited. */
export const waitsOf = async (
  sql: postgres.Sql,
  turns: ReadonlyArray<QueuedTurn>,
  patienceMs = PATIENCE_MS
): Promise<ReadonlyArray<Waits>> => {
  const deadline = performance.now() + patienceMs
  const byId = new Map(turns.map((turn) => [turn.turnId, turn]))
  for (;;) {
    const rows = await sql<
      Array<{ readonly id: string; readonly created: number; readonly started: number; readonly finished: number }>
    >`
      select id::text, extract(epoch from created_at)::float8 * 1000 as created,
             extract(epoch from started_at)::float8 * 1000 as started,
             extract(epoch from finished_at)::float8 * 1000 as finished
      from turn where id = any(${[...byId.keys()]}::bigint[]) and status = 'completed'`
    if (rows.length === turns.length) {
      return rows.map(({ created, finished, id, started }) => {
        const { acceptedAt, sentAt } = byId.get(id) ?? { acceptedAt: Number.NaN, sentAt: Number.NaN }
        return {
          inLane: started - created,
          fromCall: started - sentAt,
          accepting: acceptedAt - sentAt,
          finishedAt: finished
        }
      })
    }
    if (performance.now() > deadline) throw new Error(`${turns.length - rows.length} turns have not been completed`)
    await sleep(LOOK_EVERY_MS)
  }
}
