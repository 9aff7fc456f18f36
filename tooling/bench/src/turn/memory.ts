import type { Bench } from "./Bench.ts"
import { startApi } from "./Contestant.ts"
import { drive } from "./drive.ts"
import { residentMb } from "./processes.ts"
import { printTable, progress } from "./table.ts"

const STEPS = 10
const TURNS_A_STEP = 5000

/** The resident memory of the API over 50,000 turns of 64 callers. Answers the errors. */
export const memory = async ({ copyDatabase, key, questions }: Bench): Promise<ReadonlyArray<string>> => {
  const api = await startApi({ key, databaseUrl: await copyDatabase("bench_memory") })
  try {
    const errors: Array<string> = []
    const resident = [residentMb(api.pid)]
    for (let step = 1; step <= STEPS; step += 1) {
      const block = await drive(api, { callers: 64, turns: TURNS_A_STEP, questions })
      errors.push(...block.errors)
      resident.push(residentMb(api.pid))
      progress(`${step * TURNS_A_STEP} turns: ${resident.at(-1)?.toFixed(0)} MB`)
    }
    const most = (from: number, to: number) => Math.max(...resident.slice(from, to))
    printTable(
      `${STEPS * TURNS_A_STEP} turns`,
      ["before", "after"],
      [
        {
          name: "resident memory, MB",
          baseline: resident[0] ?? 0,
          value: resident.at(-1) ?? 0,
          bound: { of: "value", at: "most", limit: 250 }
        },
        {
          name: "most in 5–25 and 25–50 thousand, MB",
          baseline: most(1, 6),
          value: most(6, STEPS + 1),
          bound: { of: "ratio", at: "most", limit: 1.05 }
        },
        { name: "errors", value: errors.length, bound: { of: "value", at: "most", limit: 0 } }
      ]
    )
    return errors
  } finally {
    await api.stop()
  }
}
