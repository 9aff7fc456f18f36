import { execFile } from "node:child_process"
import { mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, listAt, say, textAt } from "./support/call.ts"
import { prepareHome } from "./support/prepareHome.ts"
import { KEY } from "./support/startApi.ts"
import { type Main, runMain, startMain } from "./support/startMain.ts"

/** What a person does with the banner: paste its last paragraph into a shell. */
const paste = async (banner: string): Promise<unknown> => {
  const { stdout } = await promisify(execFile)("/bin/sh", ["-c", banner.slice(banner.indexOf("curl "))])
  return JSON.parse(stdout)
}

const answered = { code: 200, data: { status: "completed", dialogId: "dlg_20260205103045_abc123" } }

/** When first starts are killed that leave no half a home. */
const KILLED_AFTER_MS = [500, 2000]

const ROUNDS = 3

/** Turns of one speaker in a round, so that a page holds the messages of all. */
const MOST = 16

const SPEAKERS = [0, 1, 2, 3]

describe("the process", { timeout: 120_000 }, () => {
  let folder: string
  let main: Main
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "butler-main-"))
    for (const delay of KILLED_AFTER_MS) await runMain(folder, {}, delay)
    main = await startMain(folder)
  })
  afterAll(async () => {
    await main.end("SIGKILL")
    rmSync(folder, { recursive: true })
  })

  const read = async (path: string) => (await call(main.api, path, { key: main.api.key })).body

  it("shows a request that works when pasted, and logs it as a line of JSON without key or contents", async () => {
    expect(await paste(main.banner)).toMatchObject(answered)
    await expect.poll(main.log).toContain("\n")
    const line: unknown = JSON.parse(main.log().trim().split("\n").at(-1) ?? "")
    expect(line).toMatchObject({
      level: "INFO",
      method: "POST",
      status: 200,
      route: "/api/open/v4/butler/chat/completions"
    })
    expect(main.log()).not.toMatch(/退款|bk_/)
  })

  it("has the whole sample, once, though first starts before were killed", async () => {
    expect(listAt(await read("/v1/knowledge/documents"), "data")).toHaveLength(4)
    expect(listAt(await read("/v1/workspaces"), "data")).toHaveLength(1)
  })

  it("keeps its key where only its owner can read it", () => {
    expect(statSync(join(folder, ".butler", "api-key")).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, ".butler")).mode & 0o777).toBe(0o700)
  })

  it("refuses a home that is in use and a port that is in use, in one line each", async () => {
    const home = await runMain(folder, {})
    expect(home).toMatchObject({ code: 1, stdout: "" })
    expect(home.stderr).toMatch(/^butler: another process has the database in \S+ open; [^\n]*\n$/)
    const { port } = new URL(main.api.url)
    const address = await runMain(folder, { BUTLER_HOME: "other", PORT: port })
    expect(address).toMatchObject({ code: 1, stdout: "" })
    expect(address.stderr).toMatch(/^butler: cannot listen on 127\.0\.0\.1 port \d+: [^\n]*\n$/)
  })

  it.each(["SIGINT", "SIGTERM"] as const)(
    "ends on %s with 0, and finds all data when it is started again",
    async (signal) => {
      const before = textAt((await say(main.api, { query: signal }, { key: main.api.key })).body, "data", "dialogId")
      const started = performance.now()
      expect(await main.end(signal)).toMatchObject({ code: 0 })
      expect(performance.now() - started).toBeLessThan(5000)
      const {
        banner,
        api: { key }
      } = main
      main = await startMain(folder)
      expect(main.api.key).toBe(key)
      expect((await call(main.api, `/v1/dialogs/${before}`, { key })).status).toBe(200)
      expect(await paste(main.banner)).toMatchObject(answered)
      expect(banner.split("\n").length).toBe(main.banner.split("\n").length)
    }
  )

  it("loses nothing it has acknowledged to kill -9, and says nothing twice", async () => {
    const acknowledged: Array<{ readonly turnId: string; readonly text: string }> = []
    for (let round = 0; round < ROUNDS; round++) {
      const { api, end } = main
      const talk = async (speaker: number): Promise<void> => {
        for (let index = 0; index < MOST; index++) {
          const text = `${round}-${speaker}-${index}`
          const json = { query: text, userId: `speaker ${speaker}`, async: speaker % 2 === 0 }
          const { body, status } = await say(api, json, { key: api.key })
          if (status !== 200) return
          acknowledged.push({ turnId: textAt(body, "data", "turnId"), text })
        }
      }
      const wanted = acknowledged.length + 25
      const talking = Promise.allSettled(SPEAKERS.map(talk))
      await expect.poll(() => acknowledged.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(wanted)
      await end("SIGKILL")
      await talking
      main = await startMain(folder)
    }
    for (const { text, turnId } of acknowledged) {
      await expect
        .poll(() => read(`/v1/turns/${turnId}`), { timeout: 20_000 })
        .toMatchObject({ status: "completed", query: text, messages: [{}] })
    }
    for (const speaker of SPEAKERS) {
      const dialogs = await read(`/v1/dialogs?userId=speaker%20${speaker}`)
      const path = `/v1/dialogs/${textAt(dialogs, "data", 0, "id")}/messages?limit=100`
      // Also what was taken in by the time of the kill, though nobody was told.
      await expect
        .poll(
          async () => {
            const messages = listAt(await read(path), "data")
            const turns = (sender: string) =>
              messages
                .filter((message) => at(message, "sender", "type") === sender)
                .map((message) => textAt(message, "turnId"))
            return turns("agent").toSorted().join() === turns("contact").toSorted().join()
          },
          { timeout: 20_000 }
        )
        .toBe(true)
    }
  })
})

describe("a start with settings", { timeout: 120_000 }, () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "butler-settings-"))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it("takes a key of one's own, and no sample when told so", async () => {
    await prepareHome(join(folder, "empty"))
    const main = await startMain(folder, { BUTLER_HOME: "empty", BUTLER_SAMPLE: "off", BUTLER_BOOTSTRAP_KEY: KEY })
    expect(main.api.key).toBe(KEY)
    expect(await paste(main.banner)).toMatchObject({ code: 200 })
    expect(listAt((await call(main.api, "/v1/knowledge/documents")).body, "data")).toEqual([])
    await main.end("SIGINT")
  })

  it("names every wrong setting in one line and repeats none of them", async () => {
    const wrong = {
      PORT: "70000",
      LOG_LEVEL: "loud",
      BUTLER_BOOTSTRAP_KEY: "my secret",
      DATABASE_URL: "mysql://user:password@host/db",
      BUTLER_SAMPLE: "maybe"
    }
    const { code, stderr, stdout } = await runMain(folder, wrong)
    expect([code, stdout]).toEqual([1, ""])
    expect(stderr).toMatch(/^butler: the configuration is not valid: [^\n]*\n$/)
    for (const [name, value] of Object.entries(wrong)) {
      expect(stderr).toContain(`${name} must`)
      expect(stderr).not.toContain(value)
    }
  })

  it("says in one line that the database cannot be reached", async () => {
    const { code, stderr } = await runMain(folder, { DATABASE_URL: "postgres://user:password@127.0.0.1:1/db" })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^butler: the database that DATABASE_URL names cannot be reached[^\n]*\n$/)
    expect(stderr).not.toContain("password")
  })
})
