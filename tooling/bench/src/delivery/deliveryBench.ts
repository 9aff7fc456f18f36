import { mkdtempSync, rmSync } from "node:fs"
import { cpus, tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { startPostgres } from "@butler/testing"
import { Schema } from "effect"
import { median, quantile } from "../turn/statistics.ts"
import { printTable, progress } from "../turn/table.ts"
import { type Arrival, type ReceiverProcess, startReceiverProcess } from "./arrivals.ts"
import { type Child, startChild } from "./child.ts"

const ENDPOINTS = 10
const DIALOGS = 200
const BACKLOG_MESSAGES = 2_000
const ROUNDS = 3
const SETTLE_MS = 3_000

const SETTINGS = { shared_buffers: "512MB", max_wal_size: "16GB", checkpoint_timeout: "1h" }

const decodeCommits = Schema.decodeUnknownSync(Schema.Array(Schema.Tuple([Schema.String, Schema.Finite])))
const decodeRate = Schema.decodeUnknownSync(Schema.Finite)

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const ratePerSecond = (arrivals: ReadonlyArray<Arrival>): number => {
  const times = arrivals.map(({ at }) => at)
  const span = times.reduce((a, b) => Math.max(a, b)) - times.reduce((a, b) => Math.min(a, b))
  return arrivals.length / (span / 1_000)
}

interface Sides {
  readonly product: Child
  readonly bare: Child
  readonly receiver: ReceiverProcess
  readonly bodies: string
  readonly errors: Array<string>
}

/** From stored backlog to empty lanes, against the bare loop; blocks alternate. */
const throughput = async ({ bare, bodies, errors, product, receiver }: Sides) => {
  const owed = BACKLOG_MESSAGES * ENDPOINTS
  const rates = { bare: Array<number>(), product: Array<number>() }
  for (let round = 0; round < ROUNDS; round++) {
    progress(`throughput, round ${round + 1} of ${ROUNDS}`)
    rates.bare.push(decodeRate(await bare.ask({ do: "post", receiver: receiver.url, bodies, times: 10 })))
    await receiver.take()
    await product.ask({ do: "rest" })
    await product.ask({ do: "fill", messages: BACKLOG_MESSAGES })
    await product.ask({ do: "run" })
    const arrivals = await receiver.takeUntil(owed)
    const distinct = new Set(arrivals.map(({ messageId, path }) => `${path} ${messageId}`))
    if (distinct.size !== owed) errors.push(`${distinct.size} of ${owed} deliveries came in`)
    rates.product.push(ratePerSecond(arrivals))
  }
  return { bare: median(rates.bare), product: median(rates.product) }
}

interface Latencies {
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** Commit to first attempt, at a steady rate. */
const latency = async ({ errors, product, receiver }: Sides, messagesPerSecond: number, seconds: number) => {
  await receiver.take()
  const answer = product.ask({ do: "drive", perSecond: messagesPerSecond, seconds })
  const commits = new Map(decodeCommits(await answer))
  await pause(SETTLE_MS)
  const arrivals = (await receiver.take()).filter(({ path }) => !path.startsWith("/hang"))
  const delays = arrivals.flatMap(({ at, messageId }) => {
    const committed = commits.get(messageId)
    // The receiver may have it before the driver is told of the commit.
    return committed === undefined ? [] : [Math.max(0, at - committed)]
  })
  if (delays.length !== commits.size * ENDPOINTS) {
    errors.push(`${delays.length} of ${commits.size * ENDPOINTS} deliveries came in`)
  }
  return { p50: quantile(delays, 0.5), p95: quantile(delays, 0.95), p99: quantile(delays, 0.99) } satisfies Latencies
}

const measure = async (sides: Sides, seconds: number): Promise<void> => {
  const { bare, product } = await throughput(sides)
  const messagesPerSecond = product / 2 / ENDPOINTS
  progress(`latency at ${Math.round(product / 2)} deliveries/s`)
  const calm = await latency(sides, messagesPerSecond, seconds)
  await sides.product.ask({ do: "hang", receiver: sides.receiver.url })
  progress("latency while one endpoint more hangs")
  const beside = await latency(sides, messagesPerSecond, seconds)
  printTable(
    "deliveries",
    ["bare loop", "butler"],
    [
      {
        name: "deliveries/s",
        baseline: bare,
        value: product,
        bound: { of: "ratio", at: "least", limit: 0.4 }
      },
      { name: "commit to first attempt: p50, ms", value: calm.p50 },
      { name: "commit to first attempt: p95, ms", value: calm.p95, bound: { of: "value", at: "most", limit: 100 } },
      { name: "commit to first attempt: p99, ms", value: calm.p99, bound: { of: "value", at: "most", limit: 500 } }
    ]
  )
  printTable(
    "beside one that hangs",
    ["without", "with"],
    [
      { name: "p50, ms", baseline: calm.p50, value: beside.p50 },
      { name: "p95, ms", baseline: calm.p95, value: beside.p95 },
      {
        name: "p99, ms",
        baseline: calm.p99,
        value: beside.p99,
        bound: { of: "ratio", at: "most", limit: 1.2 }
      }
    ]
  )
}

/** `pnpm bench delivery [--seconds 20]`. Answers the exit code. */
export const deliveryBench = async (args: ReadonlyArray<string>): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options: { seconds: { type: "string", default: "20" } } })
  const folder = mkdtempSync(join(tmpdir(), "butler-bench-delivery-"))
  const errors: Array<string> = []
  const server = await startPostgres({ durable: true, settings: SETTINGS })
  const receiver = await startReceiverProcess()
  const product = await startChild("product", { DATABASE_URL: server.url, BODIES: join(folder, "bodies.json") })
  const bare = await startChild("bareLoop")
  try {
    process.stdout.write(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? "processor"}\n`)
    progress("a workspace with its endpoints, and a warm-up")
    await product.ask({ do: "prepare", receiver: receiver.url, endpoints: ENDPOINTS, dialogs: DIALOGS })
    await product.ask({ do: "run" })
    await product.ask({ do: "fill", messages: 200 })
    await receiver.takeUntil(200 * ENDPOINTS)
    const bodies = String(await product.ask({ do: "bodies", count: 2_000 }))
    await measure({ product, bare, receiver, bodies, errors }, Number(values.seconds))
  } finally {
    await Promise.all([bare.stop(), product.stop(), receiver.stop()])
    await server.stop()
    rmSync(folder, { recursive: true })
  }
  for (const error of errors) process.stderr.write(`${error}\n`)
  return errors.length === 0 ? 0 : 1
}
