import type { Bench } from "./Bench.ts"
import { type Contestant, startApi, startFloor } from "./Contestant.ts"
import { type Block, drive, type Load } from "./drive.ts"
import { residentMb } from "./processes.ts"
import { median, quantile, sum } from "./statistics.ts"
import { printTable, progress } from "./table.ts"

const FOR_EVER = Number.POSITIVE_INFINITY

/** By callers at once. A hot process is what runs in production: it takes some thousand turns to get there. */
const WARM_UP = [
  { callers: 16, turns: FOR_EVER, seconds: 6 },
  { callers: 1, turns: 200 }
]
const LOADS = [
  { callers: 1, turns: 300 },
  { callers: 16, turns: FOR_EVER, seconds: 3 },
  { callers: 64, turns: FOR_EVER, seconds: 3 }
]

const ofCallers = (blocks: ReadonlyArray<Measured>, callers: number) =>
  blocks.filter(({ load }) => load.callers === callers).map(({ block }) => block)

interface Measured {
  readonly load: Omit<Load, "questions">
  readonly block: Block
  readonly walBytes: number
}

interface Result {
  readonly contestant: Contestant
  readonly blocks: Array<Measured>
}

const summarise = ({ blocks, contestant }: Result) => {
  const latencies = ofCallers(blocks, 1).flatMap(({ latenciesMs }) => latenciesMs)
  const throughput = (callers: number) =>
    median(ofCallers(blocks, callers).map(({ latenciesMs, seconds }) => latenciesMs.length / seconds))
  const turns = sum(blocks.map(({ block }) => block.latenciesMs.length))
  return {
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    at16: throughput(16),
    at64: throughput(64),
    cpu: sum(blocks.map(({ block }) => block.cpuMs)) / turns,
    databaseCpu: sum(blocks.map(({ block }) => block.databaseCpuMs)) / turns,
    wal: sum(blocks.map(({ walBytes }) => walBytes)) / turns / 1000,
    resident: residentMb(contestant.pid),
    errors: blocks.flatMap(({ block }) => block.errors)
  }
}

/**
 * The API against the floor, each on its own copy of one database, in turn: floor, API, API, floor, and so on. Answers
 * the errors.
 */
export const compare = async (
  { copyDatabase, databaseCpuMs, key, questions, settle, walBytes }: Bench,
  { profileTo, rounds }: { readonly profileTo?: string | undefined; readonly rounds: number }
): Promise<ReadonlyArray<string>> => {
  const floor: Result = {
    contestant: await startFloor({ key, profileTo, databaseUrl: await copyDatabase("bench_floor") }),
    blocks: []
  }
  const api: Result = {
    contestant: await startApi({ key, profileTo, databaseUrl: await copyDatabase("bench_api") }),
    blocks: []
  }
  try {
    for (const load of WARM_UP) {
      for (const { contestant } of [floor, api]) await drive(contestant, { ...load, questions })
    }
    await settle()
    for (let round = 0; round < rounds; round += 1) {
      progress(`comparing, round ${round + 1} of ${rounds}`)
      for (const load of LOADS) {
        for (const { blocks, contestant } of round % 2 === 0 ? [floor, api] : [api, floor]) {
          const before = await walBytes()
          const block = await drive(contestant, { ...load, questions }, databaseCpuMs)
          blocks.push({ load, block, walBytes: (await walBytes()) - before })
        }
      }
    }
    const [baseline, value] = [summarise(floor), summarise(api)]
    printTable(
      "turns",
      ["floor", "API"],
      [
        {
          name: "sequential p50, ms",
          baseline: baseline.p50,
          value: value.p50,
          bound: { of: "ratio", at: "most", limit: 2 }
        },
        { name: "sequential p99, ms", baseline: baseline.p99, value: value.p99 },
        { name: "turns/s, 16 callers", baseline: baseline.at16, value: value.at16 },
        {
          name: "turns/s, 64 callers",
          baseline: baseline.at64,
          value: value.at64,
          bound: { of: "ratio", at: "least", limit: 0.55 }
        },
        { name: "CPU ms a turn, process", baseline: baseline.cpu, value: value.cpu },
        { name: "CPU ms a turn, PostgreSQL", baseline: baseline.databaseCpu, value: value.databaseCpu },
        { name: "WAL kB a turn", baseline: baseline.wal, value: value.wal },
        { name: "resident memory, MB", baseline: baseline.resident, value: value.resident },
        {
          name: "errors",
          baseline: baseline.errors.length,
          value: value.errors.length,
          bound: { of: "value", at: "most", limit: 0 }
        }
      ]
    )
    return [...baseline.errors, ...value.errors]
  } finally {
    await Promise.all([floor, api].map(({ contestant }) => contestant.stop()))
  }
}
