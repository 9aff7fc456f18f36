import postgres from "postgres"
import type { Bench } from "./Bench.ts"
import { startApi, startWorker } from "./Contestant.ts"
import { fillQueue } from "./fillQueue.ts"
import { atPace, queueTurn, waitsOf } from "./queueTurns.ts"
import { median, quantile } from "./statistics.ts"
import { printTable, progress } from "./table.ts"

/** Of the one workspace whose turns wait. */
const FILLING = { dialogs: 2000, turnsEach: 50, workspaces: 1 }
const NEWCOMERS = { count: 40, perSecond: 2 }
const BOUND_MS = 1000

/**
 * Of a workspace with nothing waiting, how long turns wait while a worker is busy with the 100,000 of another one. Answers the
 * errors.
 */
export const fairness = async ({ copyDatabase, key, questions, settle }: Bench): Promise<ReadonlyArray<string>> => {
  const databaseUrl = await copyDatabase("bench_fairness")
  progress("filling one workspace with 100,000 turns beside another")
  await fillQueue(databaseUrl, { ...FILLING, beside: true })
  await settle()
  const api = await startApi({ key, databaseUrl, settings: { BUTLER_WORKER: "off" } })
  const worker = await startWorker({ key, databaseUrl })
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  const waiting = async () => {
    const [row] = await sql<Array<{ readonly count: number }>>`
      select count(*)::integer from turn where status = 'queued'`
    return row?.count ?? 0
  }
  try {
    progress("one workspace's first turns while another's wait")
    const before = { waiting: await waiting(), at: performance.now() }
    let asked = 0
    const turns = await atPace(NEWCOMERS.perSecond, NEWCOMERS.count, () =>
      queueTurn(api, questions[asked++ % questions.length] ?? "?")
    )
    const after = { waiting: await waiting(), at: performance.now() }
    const inLane = (await waitsOf(sql, turns)).map((wait) => wait.inLane)
    printTable(
      "one workspace beside another's 100,000 waiting turns",
      ["p50", "most"],
      [
        {
          name: "stored until started, ms",
          baseline: median(inLane),
          value: quantile(inLane, 1),
          bound: { of: "value", at: "most", limit: BOUND_MS }
        },
        {
          name: "the other's turns/s meanwhile",
          value: ((before.waiting - after.waiting) * 1000) / (after.at - before.at)
        },
        { name: "the other's turns still waiting", value: after.waiting }
      ]
    )
    return after.waiting > 0 ? [] : ["nothing waited any more"]
  } catch (error) {
    return [String(error)]
  } finally {
    await Promise.all([api.stop(), worker.stop(), sql.end()])
  }
}
