import { mkdtempSync, rmSync } from "node:fs"
import { cpus, tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { startPostgres } from "@butler/testing"
import { type Figure, printTable, progress } from "../turn/table.ts"
import { startReceiverProcess } from "./arrivals.ts"
import { startChild } from "./child.ts"
import { type Latencies, latency } from "./latency.ts"
import { DIALOGS, ENDPOINTS, postmasterOf, type Sides } from "./Sides.ts"
import { backlog, sustained, type Throughput } from "./throughput.ts"

const SETTINGS = { shared_buffers: "512MB", max_wal_size: "16GB", checkpoint_timeout: "1h" }

const WARM_UP = 200

const printThroughput = ({ bare, product, sending, storing }: Throughput, atOnce: number): void =>
  printTable(
    "deliveries/s",
    ["bare loop", "butler"],
    [
      {
        name: "of a stored backlog",
        baseline: bare,
        value: product,
        bound: { of: "ratio", at: "least", limit: 0.4 }
      },
      { name: "while their messages are stored", baseline: bare, value: atOnce },
      { name: "CPU to store a message, µs: butler", value: storing.product },
      { name: "CPU to store a message, µs: PostgreSQL", value: storing.database },
      { name: "CPU to send a delivery, µs: butler", value: sending.product },
      { name: "CPU to send a delivery, µs: PostgreSQL", value: sending.database }
    ]
  )

const bounded = (name: string, value: number, limit: number): Figure => ({
  name,
  value,
  bound: { of: "value", at: "most", limit }
})

const printLatency = (rate: number, calm: Latencies, beside: Latencies): void => {
  printTable(
    `commit to first attempt, at ${Math.round(rate)}/s`,
    ["", "ms"],
    [{ name: "p50", value: calm.p50 }, bounded("p95", calm.p95, 100), bounded("p99", calm.p99, 500)]
  )
  printTable(
    "the same beside one that hangs",
    ["without", "with"],
    [
      { name: "p50, ms", baseline: calm.p50, value: beside.p50 },
      { name: "p95, ms", baseline: calm.p95, value: beside.p95 },
      { name: "p99, ms", baseline: calm.p99, value: beside.p99 },
      {
        name: "p99 of 2 s, median, ms",
        baseline: calm.typicalP99,
        value: beside.typicalP99,
        bound: { of: "ratio", at: "most", limit: 1.2 }
      }
    ]
  )
}

const measure = async (sides: Sides, seconds: number): Promise<void> => {
  const drained = await backlog(sides)
  const atOnce = await sustained(sides, seconds)
  printThroughput(drained, atOnce)
  progress("latency at half of what can be stored and sent at once")
  const calm = await latency(sides, atOnce / 2, seconds)
  await sides.receiver.hang()
  progress("latency while one endpoint hangs")
  printLatency(atOnce / 2, calm, await latency(sides, atOnce / 2, seconds))
}

const OPTIONS = {
  seconds: { type: "string", default: "20" },
  "profile-to": { type: "string" }
} as const

/** `pnpm bench delivery [--seconds 20] [--profile-to folder]`. Answers the exit code. */
export const deliveryBench = async (args: ReadonlyArray<string>): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options: OPTIONS })
  const folder = mkdtempSync(join(tmpdir(), "butler-bench-delivery-"))
  const errors: Array<string> = []
  const server = await startPostgres({ durable: true, settings: SETTINGS })
  const postmaster = await postmasterOf(server.url)
  const receiver = await startReceiverProcess()
  const settings = { DATABASE_URL: server.url, BODIES: join(folder, "bodies.json") }
  const product = await startChild("product", settings, values["profile-to"])
  const bare = await startChild("bareLoop")
  try {
    process.stdout.write(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? "processor"}\n`)
    progress("a workspace with its endpoints, and a warm-up")
    await product.ask({ do: "prepare", receiver: receiver.url, endpoints: ENDPOINTS, dialogs: DIALOGS })
    await product.ask({ do: "run" })
    await product.ask({ do: "fill", messages: WARM_UP })
    await receiver.takeUntil(WARM_UP * ENDPOINTS)
    const bodies = String(await product.ask({ do: "bodies", count: 2_000 }))
    await measure({ product, bare, receiver, bodies, postmaster, errors }, Number(values.seconds))
  } finally {
    await Promise.all([bare.stop(), product.stop(), receiver.stop()])
    await server.stop()
    rmSync(folder, { recursive: true })
  }
  for (const error of errors) process.stderr.write(`${error}\n`)
  return errors.length === 0 ? 0 : 1
}
