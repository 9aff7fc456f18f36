import { alternate } from "./alternate.ts"
import type { Bench } from "./Bench.ts"
import { callChatbot } from "./callChatbot.ts"
import { callTurn, isRecord } from "./callTurn.ts"
import { type Contestant, startApi } from "./Contestant.ts"
import { printTable } from "./table.ts"

/** Within 10 %. */
const MOST = 1.1

const theChatbot = async ({ key, pool }: Contestant): Promise<string> => {
  const { body } = await pool.request({
    method: "GET",
    path: "/api/v0/chatbots",
    headers: { authorization: `Bearer ${key}` }
  })
  const text = await body.text()
  const answer: unknown = JSON.parse(text)
  const data = isRecord(answer) && isRecord(answer["data"]) ? answer["data"] : {}
  const [chatbot]: ReadonlyArray<unknown> = Array.isArray(data["chatbots"]) ? data["chatbots"] : []
  if (!isRecord(chatbot) || typeof chatbot["id"] !== "string") throw new Error(`no chatbot: ${text.slice(0, 500)}`)
  return chatbot["id"]
}

/**
 * The same turns of one agent through the SiteGPT face and through the butler face, in turn, by one server on one database.
 * Answers the errors.
 */
export const sitegptFace = async (
  bench: Bench,
  { profileTo, rounds }: { readonly profileTo?: string | undefined; readonly rounds: number }
): Promise<ReadonlyArray<string>> => {
  const { copyDatabase, key } = bench
  const contestant = await startApi({ key, profileTo, databaseUrl: await copyDatabase("bench_faces") })
  try {
    const face = callChatbot(await theChatbot(contestant))
    const ways = [
      { contestant, face: callTurn },
      { contestant, face }
    ] as const
    const [baseline, value] = await alternate(bench, ways, { rounds, title: "faces" })
    const most = { of: "ratio", at: "most", limit: MOST } as const
    const least = { of: "ratio", at: "least", limit: 1 / MOST } as const
    const errors = [...baseline.errors, ...value.errors]
    printTable(
      "turns",
      ["butler", "SiteGPT"],
      [
        { name: "sequential p50, ms", baseline: baseline.p50, value: value.p50, bound: most },
        { name: "sequential p99, ms", baseline: baseline.p99, value: value.p99 },
        { name: "turns/s, 16 callers", baseline: baseline.at16, value: value.at16, bound: least },
        { name: "turns/s, 64 callers", baseline: baseline.at64, value: value.at64, bound: least },
        { name: "CPU ms a turn, process", baseline: baseline.cpu, value: value.cpu },
        { name: "CPU ms a turn, PostgreSQL", baseline: baseline.databaseCpu, value: value.databaseCpu },
        { name: "WAL kB a turn", baseline: baseline.walKb, value: value.walKb },
        { name: "errors", value: errors.length, bound: { of: "value", at: "most", limit: 0 } }
      ]
    )
    return errors
  } finally {
    await contestant.stop()
  }
}
