import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { sql } from "kysely"
import { PgliteDatabase, query } from "../../src/index.ts"

/** `BUTLER_CRASH_ROUNDS=25 vitest run test/database/crash` for the long form. */
const ROUNDS = Number(process.env["BUTLER_CRASH_ROUNDS"] ?? 2)

const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "butler-crash-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

const writer = (dataDir: string): ChildProcess =>
  spawn(
    process.execPath,
    [...process.execArgv, "--conditions=@butler/source", join(import.meta.dirname, "crash/writer.ts"), dataDir],
    {
      stdio: ["ignore", "pipe", "inherit"]
    }
  )

/** Kills the writer as soon as `enough` says so, and returns every line it got out. */
const runUntil = async (dataDir: string, enough: (lines: ReadonlyArray<string>) => boolean): Promise<Array<string>> => {
  const child = writer(dataDir)
  const exited = once(child, "exit")
  const lines: Array<string> = []
  const watch = setInterval(() => enough(lines) && child.kill("SIGKILL"), 2)
  if (child.stdout === null) throw new Error("no stdout")
  for await (const line of createInterface(child.stdout)) {
    lines.push(line)
    if (enough(lines)) child.kill("SIGKILL")
  }
  clearInterval(watch)
  await exited
  assert.strictEqual(child.signalCode, "SIGKILL")
  return lines
}

const acknowledged = (lines: ReadonlyArray<string>): Array<number> => lines.map(Number).filter(Number.isInteger)

it.live(
  "nothing acknowledged is lost to kill -9, from the first start on",
  () =>
    Effect.gen(function* () {
      const dataDir = join(yield* folder, "home")
      const files = join(dataDir, "cluster.unfinished")
      yield* Effect.promise(() => runUntil(dataDir, () => existsSync(files) && readdirSync(files).length > 3))
      assert.isFalse(existsSync(join(dataDir, "cluster")))
      yield* Effect.promise(() => runUntil(dataDir, (lines) => lines.includes("migrating")))
      const kept: Array<number> = []
      for (let round = 1; round <= ROUNDS; round++) {
        const limit = 40 + ((round * 37) % 110)
        const lines = yield* Effect.promise(() =>
          runUntil(dataDir, (seen) => seen.includes("writing") && seen.length > limit)
        )
        kept.push(...acknowledged(lines))
      }
      const stored = yield* query("stored", (db) => sql<{ id: number }>`select id from kept`.execute(db)).pipe(
        Effect.provide(PgliteDatabase.layer({ dataDir }))
      )
      const ids = new Set(stored.rows.map(({ id }) => id))
      assert.isAbove(kept.length, ROUNDS * 30)
      assert.deepStrictEqual(
        kept.filter((id) => !ids.has(id) || !ids.has(id + 1)),
        []
      )
      // What was written in one transaction is there whole or not at all.
      assert.isTrue([...ids].filter((id) => id % 6 === 0).every((id) => ids.has(id + 1)))
    }),
  120_000
)
