import type { Bench } from "./Bench.ts"
import type { Face } from "./callTurn.ts"
import type { Contestant } from "./Contestant.ts"
import { type Block, drive } from "./drive.ts"
import { median, quantile, sum } from "./statistics.ts"
import { progress } from "./table.ts"

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

/** What turns are sent to, and how. */
export interface Way {
  readonly contestant: Contestant
  readonly face?: Face
}

interface Measured {
  readonly callers: number
  readonly block: Block
  readonly walBytes: number
}

/** What all of a way's blocks have shown; CPU and WAL are of a turn. */
export interface Summary {
  readonly p50: number
  readonly p99: number
  readonly at16: number
  readonly at64: number
  readonly cpu: number
  readonly databaseCpu: number
  readonly walKb: number
  readonly errors: ReadonlyArray<string>
}

const ofCallers = (blocks: ReadonlyArray<Measured>, wanted: number) =>
  blocks.filter(({ callers }) => callers === wanted).map(({ block }) => block)

const summarise = (blocks: ReadonlyArray<Measured>): Summary => {
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
    walKb: sum(blocks.map(({ walBytes }) => walBytes)) / turns / 1000,
    errors: blocks.flatMap(({ block }) => block.errors)
  }
}

/** Sends turns one way and the other, in turn: first, second, second, first, and so on. */
export const alternate = async (
  { databaseCpuMs, questions, settle, walBytes }: Bench,
  ways: readonly [Way, Way],
  { rounds, title }: { readonly rounds: number; readonly title: string }
): Promise<readonly [Summary, Summary]> => {
  const measured: readonly [Array<Measured>, Array<Measured>] = [[], []]
  for (const load of WARM_UP) {
    for (const { contestant, ...way } of ways) await drive(contestant, { ...load, ...way, questions })
  }
  await settle()
  for (let round = 0; round < rounds; round += 1) {
    progress(`${title}, round ${round + 1} of ${rounds}`)
    for (const load of LOADS) {
      for (const place of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        const { contestant, ...way } = ways[place]
        const before = await walBytes()
        const block = await drive(contestant, { ...load, ...way, questions }, databaseCpuMs)
        measured[place].push({ callers: load.callers, block, walBytes: (await walBytes()) - before })
      }
    }
  }
  return [summarise(measured[0]), summarise(measured[1])]
}
