import { alternate } from "./alternate.ts"
import type { Bench } from "./Bench.ts"
import { startApi, startFloor } from "./Contestant.ts"
import { residentMb } from "./processes.ts"
import { printTable } from "./table.ts"

/** The API against the floor, each on its own copy of one database, in turn. Answers the errors. */
export const compare = async (
  bench: Bench,
  { profileTo, rounds }: { readonly profileTo?: string | undefined; readonly rounds: number }
): Promise<ReadonlyArray<string>> => {
  const { copyDatabase, key } = bench
  const floor = await startFloor({ key, profileTo, databaseUrl: await copyDatabase("bench_floor") })
  const api = await startApi({ key, profileTo, databaseUrl: await copyDatabase("bench_api") })
  try {
    const ways = [{ contestant: floor }, { contestant: api }] as const
    const [baseline, value] = await alternate(bench, ways, { rounds, title: "comparing" })
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
        { name: "WAL kB a turn", baseline: baseline.walKb, value: value.walKb },
        { name: "resident memory, MB", baseline: residentMb(floor.pid), value: residentMb(api.pid) },
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
    await Promise.all([floor.stop(), api.stop()])
  }
}
