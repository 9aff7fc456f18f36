import postgres from "postgres"
import type { Bench } from "./Bench.ts"
import { startApi, startWorker } from "./Contestant.ts"
import { atPace, queueTurn, type QueuedTurn, type Waits, waitsOf } from "./queueTurns.ts"
import { quantile } from "./statistics.ts"
import { type Figure, printTable, progress } from "./table.ts"

const LIGHT_PER_SECOND = 20
const SECONDS = 10
const FLOOD = { callers: 32, turns: 1600 }
const BOUND_MS = 50

interface Stretch {
  readonly waits: ReadonlyArray<Waits>
  /** What the machine makes of the least of requests, each sent beside a turn. */
  readonly pings: ReadonlyArray<number>
}

const figures = (load: string, { pings, waits }: Stretch): ReadonlyArray<Figure> => {
  const of = (name: string, all: ReadonlyArray<number>, bound: Pick<Figure, "bound"> = {}): Figure => ({
    name: `${load}: ${name}, ms`,
    baseline: quantile(all, 0.5),
    value: quantile(all, 0.95),
    ...bound
  })
  const bound = { of: "value", at: "most", limit: BOUND_MS } as const
  return [
    of(
      "stored until started",
      waits.map(({ inLane }) => inLane),
      { bound }
    ),
    of(
      "sent until started",
      waits.map(({ fromCall }) => fromCall)
    ),
    of(
      "sent until accepted",
      waits.map(({ accepting }) => accepting)
    ),
    of("a bare request meanwhile", pings)
  ]
}

/** How soon a worker process starts turns that were accepted with `async`. Answers the errors. */
export const asyncTurns = async ({ copyDatabase, key, questions, settle }: Bench): Promise<ReadonlyArray<string>> => {
  const databaseUrl = await copyDatabase("bench_async")
  const api = await startApi({ key, databaseUrl, settings: { BUTLER_WORKER: "off" } })
  const worker = await startWorker({ key, databaseUrl })
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  let asked = 0
  const send = () => queueTurn(api, questions[asked++ % questions.length] ?? "?")
  const flood = async (): Promise<number> => {
    const sent: Array<QueuedTurn> = []
    const caller = async () => {
      for (let left = FLOOD.turns / FLOOD.callers; left > 0; left -= 1) sent.push(await send())
    }
    await Promise.all(Array.from({ length: FLOOD.callers }, caller))
    const waits = await waitsOf(sql, sent)
    const seconds =
      Math.max(...waits.map(({ finishedAt }) => finishedAt)) - Math.min(...sent.map(({ sentAt }) => sentAt))
    return (sent.length * 1000) / seconds
  }
  const ping = async (): Promise<number> => {
    const begun = performance.now()
    const { body } = await api.pool.request({ method: "GET", path: "/healthz" })
    await body.dump()
    return performance.now() - begun
  }
  const paced = async (perSecond: number): Promise<Stretch> => {
    const calls = await atPace(perSecond, Math.ceil(perSecond * SECONDS), () => Promise.all([send(), ping()]))
    return {
      waits: await waitsOf(
        sql,
        calls.map(([sent]) => sent)
      ),
      pings: calls.map(([, pinged]) => pinged)
    }
  }
  try {
    progress("asynchronous turns: warming up, then the rate that can be sustained")
    await flood()
    await settle()
    const sustained = await flood()
    progress(`asynchronous turns: ${LIGHT_PER_SECOND} a second`)
    const light = await paced(LIGHT_PER_SECOND)
    progress(`asynchronous turns: ${(sustained / 2).toFixed(0)} a second`)
    const half = await paced(sustained / 2)
    printTable(
      "asynchronous turns, run by a worker",
      ["p50", "p95"],
      [
        { name: "sustained, turns/s", value: sustained },
        ...figures(`${LIGHT_PER_SECOND}/s`, light),
        ...figures("half of sustained", half)
      ]
    )
    return []
  } catch (error) {
    return [String(error)]
  } finally {
    await Promise.all([api.stop(), worker.stop(), sql.end()])
  }
}
