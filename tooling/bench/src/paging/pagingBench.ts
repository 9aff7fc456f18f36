import { parseArgs } from "node:util"
import postgres from "postgres"
import { withBench } from "../turn/Bench.ts"
import { type Contestant, startApi } from "../turn/Contestant.ts"
import { fill } from "../turn/fill.ts"
import { quantile } from "../turn/statistics.ts"
import { printTable, progress } from "../turn/table.ts"
import { ask, isRight, type List, type Page, pagesOf } from "./pages.ts"

const ROUNDS = 100

/** So many times is every page asked for first. */
const WARM_UP = 20

const makeChatbots = async ({ key, pool }: Contestant, count: number): Promise<void> => {
  for (let number = 1; number <= count; number += 1) {
    const { body, statusCode } = await pool.request({
      method: "POST",
      path: "/api/v0/chatbots",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ chatbotName: `Chatbot ${number}` })
    })
    const text = await body.text()
    if (statusCode !== 200) throw new Error(`a chatbot was refused: ${text}`)
  }
}

/** What the tables hold, in the order of the lists. */
const listsOf = async (databaseUrl: string): Promise<ReadonlyArray<List>> => {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe("vacuum analyze")
    const chatbots = await sql<Array<{ readonly id: string }>>`select id::text from agent order by agent.id`
    const [owner] = await sql<Array<{ readonly id: string }>>`select default_agent_id::text as id from workspace`
    const threads = await sql<Array<{ readonly id: string }>>`
      select id from dialog where agent_id = ${owner?.id ?? null}::bigint order by created_at desc, id desc`
    const path = "/api/v0/chatbots"
    return [
      { name: "chatbots", path, entries: "chatbots", id: "id", ids: chatbots.map(({ id }) => id) },
      {
        name: "threads",
        path: `${path}/${owner?.id}/threads`,
        entries: "threads",
        id: "threadId",
        ids: threads.map(({ id }) => id)
      }
    ]
  } finally {
    await sql.end()
  }
}

const measure = async (api: Contestant, lists: ReadonlyArray<List>): Promise<ReadonlyArray<string>> => {
  const pages = lists.flatMap(pagesOf)
  const errors: Array<string> = []
  const times = new Map<Page, Array<number>>(pages.map((page) => [page, []]))
  let slowest = 0
  for (let round = 0; round < WARM_UP; round += 1) {
    for (const page of pages) {
      const { ms, text } = await ask(api, page)
      slowest = Math.max(slowest, ms)
      if (!isRight(page, text))
        errors.push(`${page.list.name}: page ${page.page} of ${page.limit} is not the right one`)
    }
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [page, measured] of times) measured.push((await ask(api, page)).ms)
  }
  const most = { of: "value", at: "most", limit: 20 } as const
  printTable(
    "pages, ms",
    ["", "p50"],
    [
      ...Array.from(times, ([{ limit, list, name }, measured]) => ({
        name: `${name} page of ${limit}, ${list.ids.length.toLocaleString("en-US")} ${list.name}`,
        value: quantile(measured, 0.5),
        bound: most
      })),
      { name: "slowest of the warm-up", value: slowest },
      { name: "errors", value: errors.length, bound: { of: "value", at: "most", limit: 0 } }
    ]
  )
  return errors
}

/** `pnpm bench paging [--threads 1000000] [--chatbots 1000]`. Answers the exit code. */
export const pagingBench = async (args: ReadonlyArray<string>): Promise<number> => {
  const { values } = parseArgs({
    args: [...args],
    options: { threads: { type: "string", default: "1000000" }, chatbots: { type: "string", default: "1000" } }
  })
  const errors = await withBench(async ({ copyDatabase, description, key, settle }) => {
    process.stdout.write(`${description}\n`)
    const databaseUrl = await copyDatabase("bench_paging")
    progress("storing threads")
    await fill(databaseUrl, { dialogs: Number(values.threads), messagesEach: 2 })
    const api = await startApi({ key, databaseUrl })
    try {
      progress("making chatbots")
      await makeChatbots(api, Number(values.chatbots))
      const lists = await listsOf(databaseUrl)
      await settle()
      progress("asking for pages")
      return await measure(api, lists)
    } finally {
      await api.stop()
    }
  })
  for (const error of errors.slice(0, 10)) process.stderr.write(`${error}\n`)
  return errors.length === 0 ? 0 : 1
}
