import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { completeCluster, holdDataDirectory } from "../../src/database/pglite/DataDirectory.ts"

const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "butler-directory-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
)

/** Another process that holds the directory, once this is done. */
const otherHolder = (directory: string): Effect.Effect<ChildProcess> =>
  Effect.promise(async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, "crash/holder.ts"), directory], {
      stdio: ["pipe", "pipe", "inherit"]
    })
    if (child.stdout === null) throw new Error("no stdout")
    await once(child.stdout, "data")
    return child
  })

it.live("a directory is held by one at a time", () =>
  Effect.gen(function* () {
    const directory = join(yield* folder, "nested", "home")
    yield* Effect.scoped(
      Effect.gen(function* () {
        yield* holdDataDirectory(directory)
        const error = yield* Effect.flip(Effect.scoped(holdDataDirectory(directory)))
        assert.include(error.message, directory)
      })
    )
    yield* Effect.scoped(holdDataDirectory(directory))
  })
)

it.live("another process is refused until the holder dies, however it dies", () =>
  Effect.gen(function* () {
    const directory = yield* folder
    const holder = yield* otherHolder(directory)
    const error = yield* Effect.flip(Effect.scoped(holdDataDirectory(directory)))
    assert.strictEqual(error._tag, "DataDirectoryInUse")
    holder.kill("SIGKILL")
    yield* Effect.promise(() => once(holder, "exit"))
    yield* Effect.scoped(holdDataDirectory(directory))
  })
)

it.live("an unfinished cluster is thrown away, a finished one kept", () =>
  Effect.gen(function* () {
    const directory = yield* folder
    const leftover = join(directory, "cluster.unfinished", "leftover")
    mkdirSync(join(directory, "cluster.unfinished"))
    writeFileSync(leftover, "")
    const create = async (unfinished: string): Promise<void> => {
      assert.isFalse(existsSync(leftover))
      mkdirSync(unfinished)
      writeFileSync(join(unfinished, "made"), "")
    }
    const cluster = yield* completeCluster(directory, create)
    assert.isTrue(existsSync(join(cluster, "made")))
    assert.strictEqual(yield* completeCluster(directory, () => Promise.reject(new Error("made twice"))), cluster)
  })
)
