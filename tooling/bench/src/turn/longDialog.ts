import type { Bench } from "./Bench.ts"
import { callTurn } from "./callTurn.ts"
import { startApi } from "./Contestant.ts"
import { fill, filledDialogId } from "./fill.ts"
import { printTable, progress } from "./table.ts"
import { versus } from "./versus.ts"

const MESSAGES = 10_000

/** Turns in a dialog of 10,000 messages against turns in a new one, in one database. Answers the errors. */
export const longDialog = async ({ copyDatabase, key, questions, settle }: Bench): Promise<ReadonlyArray<string>> => {
  const databaseUrl = await copyDatabase("bench_long")
  progress("filling a dialog")
  await fill(databaseUrl, { dialogs: 1, messagesEach: MESSAGES })
  await settle()
  const api = await startApi({ key, databaseUrl })
  try {
    progress("a long dialog against new ones")
    const begin = async () => (await callTurn(api.pool, key, questions[0] ?? "?", {})).dialogId
    const { errors, p50 } = await versus(
      [
        { contestant: api, dialogId: begin },
        { contestant: api, dialogId: async () => filledDialogId(1) }
      ],
      questions
    )
    printTable(
      "sequential turns",
      ["new dialog", "10,000 messages"],
      [
        { name: "p50, ms", baseline: p50[0], value: p50[1], bound: { of: "ratio", at: "most", limit: 1.15 } },
        { name: "errors", value: errors.length, bound: { of: "value", at: "most", limit: 0 } }
      ]
    )
    return errors
  } finally {
    await api.stop()
  }
}
