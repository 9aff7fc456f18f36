import type { Bench } from "./Bench.ts"
import { startApi } from "./Contestant.ts"
import { fill } from "./fill.ts"
import { printTable, progress } from "./table.ts"
import { versus } from "./versus.ts"

const FILLING = { dialogs: 50_000, messagesEach: 20 }

/** Turns in a database of 1,000,000 messages against turns in an empty one. Answers the errors. */
export const fullDatabase = async ({ copyDatabase, key, questions, settle }: Bench): Promise<ReadonlyArray<string>> => {
  const [emptyUrl, fullUrl] = [await copyDatabase("bench_empty"), await copyDatabase("bench_full")]
  progress("filling a database")
  await fill(fullUrl, FILLING)
  await settle()
  const empty = await startApi({ key, databaseUrl: emptyUrl })
  const full = await startApi({ key, databaseUrl: fullUrl })
  try {
    progress("a full database against an empty one")
    const { errors, p50 } = await versus([{ contestant: empty }, { contestant: full }], questions)
    printTable(
      "sequential turns",
      ["empty", "1,000,000 messages"],
      [
        { name: "p50, ms", baseline: p50[0], value: p50[1], bound: { of: "ratio", at: "most", limit: 1.2 } },
        { name: "errors", value: errors.length, bound: { of: "value", at: "most", limit: 0 } }
      ]
    )
    return errors
  } finally {
    await Promise.all([empty.stop(), full.stop()])
  }
}
