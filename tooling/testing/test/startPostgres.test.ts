import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import postgres from "postgres"
import { assert, test } from "vitest"
import { startPostgres } from "../src/index.ts"

const program = join(import.meta.dirname, "holdPostgres.ts")

const ask = async (url: string, question: string): Promise<unknown> => {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {}, connect_timeout: 2 })
  try {
    const [row] = await sql.unsafe<Array<{ answer: unknown }>>(`select (${question}) as answer`)
    return row?.answer
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20))
}

const isGone = (url: string): Promise<boolean> =>
  ask(url, "1").then(
    () => false,
    () => true
  )

test("answers on loopback alone, with the settings asked for; its files go with it", async () => {
  const server = await startPostgres({ settings: { work_mem: "7MB" } })
  assert.strictEqual(await ask(server.url, "current_setting('work_mem')"), "7MB")
  assert.strictEqual(await ask(server.url, "current_setting('listen_addresses')"), "127.0.0.1")
  assert.strictEqual(await ask(server.url, "current_setting('fsync')"), "off")
  const data = String(await ask(server.url, "current_setting('data_directory')"))
  await server.stop()
  assert.isFalse(existsSync(dirname(data)))
})

test("durable: what was committed is there after a crash", async () => {
  const server = await startPostgres({ durable: true })
  assert.strictEqual(await ask(server.url, "current_setting('fsync')"), "on")
  const sql = postgres(server.url, { max: 1 })
  await sql`create table kept as select 42 as value`
  await sql.end()
  await server.kill9()
  assert.isTrue(await isGone(server.url))
  await server.restart()
  assert.strictEqual(await ask(server.url, "select value from kept"), 42)
  await server.stop()
})

test("several start at once", async () => {
  const servers = await Promise.all([startPostgres(), startPostgres(), startPostgres()])
  assert.strictEqual(new Set(servers.map(({ url }) => url)).size, 3)
  await Promise.all(servers.map(({ stop }) => stop()))
})

test("dies with its process, even by SIGKILL, and leaves no files", async () => {
  const holder = spawn(process.execPath, ["--conditions=@butler/source", program], {
    stdio: ["ignore", "pipe", "inherit"]
  })
  if (holder.stdout === null) throw new Error("no stdout")
  const [line]: Array<unknown> = await once(holder.stdout, "data")
  const url = String(line).trim()
  const data = String(await ask(url, "current_setting('data_directory')"))
  holder.kill("SIGKILL")
  await until(() => isGone(url))
  await until(() => !existsSync(dirname(data)))
})

test.runIf(process.getuid?.() === 0)("runs as an unprivileged user when we are root", async () => {
  const server = await startPostgres()
  const data = String(await ask(server.url, "current_setting('data_directory')"))
  assert.notStrictEqual(statSync(join(data, "postmaster.pid")).uid, 0)
  await server.stop()
})
