import { mkdirSync, renameSync, rmSync, existsSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { Effect, Schema, type Scope } from "effect"
import { syncPath, syncTree } from "./syncTree.ts"

export class DataDirectoryInUse extends Schema.TaggedError<DataDirectoryInUse>()("DataDirectoryInUse", {
  directory: Schema.String
}) {
  override get message(): string {
    return `another process has the database in ${this.directory} open; stop it, choose another BUTLER_HOME, or set DATABASE_URL`
  }
}

const SQLITE_BUSY = 5

const isBusy = (cause: unknown): boolean =>
  typeof cause === "object" && cause !== null && "errcode" in cause && cause.errcode === SQLITE_BUSY

/** Nothing when somebody else has it. */
const lock = (directory: string): DatabaseSync | undefined => {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = new DatabaseSync(join(directory, "lock"), { timeout: 0 })
  try {
    file.exec("pragma journal_mode = memory; begin exclusive")
    return file
  } catch (cause) {
    file.close()
    if (isBusy(cause)) return undefined
    throw cause
  }
}

/**
 * Holds the directory for this process. The lock is the operating system's own (an empty SQLite file, as Node has no
 * flock): it is taken in one step, is gone the moment its process is, and cannot be mistaken for one left by an earlier
 * process, which a file with a pid in it can, after a reboot or between containers.
 */
export const holdDataDirectory = (directory: string): Effect.Effect<void, DataDirectoryInUse, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.filterOrFail(
      Effect.sync(() => lock(directory)),
      (file) => file !== undefined,
      () => new DataDirectoryInUse({ directory })
    ),
    (file) => Effect.sync(() => file.close())
  ).pipe(Effect.asVoid)

/**
 * The cluster inside a held directory. `create` fills a folder beside it, which takes its place only when complete and on the
 * disk, so a process killed on its first start leaves nothing that looks like a database.
 */
export const completeCluster = (
  directory: string,
  create: (unfinished: string) => Promise<void>
): Effect.Effect<string> =>
  Effect.gen(function* () {
    const cluster = join(directory, "cluster")
    const unfinished = join(directory, "cluster.unfinished")
    if (existsSync(cluster)) return cluster
    rmSync(unfinished, { recursive: true, force: true })
    yield* Effect.promise(() => create(unfinished))
    syncTree(unfinished)
    renameSync(unfinished, cluster)
    syncPath(directory)
    return cluster
  })
