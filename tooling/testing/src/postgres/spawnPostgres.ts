import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { openSync, closeSync, readFileSync } from "node:fs"
import { join } from "node:path"
import postgres from "postgres"
import type { OsUser } from "./osUser.ts"

export interface Cluster {
  readonly folder: string
  readonly native: string
  readonly user: OsUser | undefined
  readonly url: (port: number) => string
}

export const dataOf = (cluster: Cluster): string => join(cluster.folder, "data")
const logOf = (cluster: Cluster): string => join(cluster.folder, "log")

export const environment = (native: string): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  LC_ALL: "C",
  TZ: "UTC",
  LD_LIBRARY_PATH: join(native, "lib")
})

/**
 * Ends the server when we die, even by SIGKILL: the pipe from us to this shell closes with us. Both live in sessions of their own, so
 * that Ctrl-C reaches us first.
 */
const guard = (cluster: Cluster, pid: number): ChildProcess => {
  const script = `read -r word; [ -n "$word" ] && exit 0; kill -QUIT ${pid}; sleep 1; rm -rf "$0"`
  const shell = spawn("/bin/sh", ["-c", script, cluster.folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    cwd: "/",
    ...cluster.user
  })
  shell.unref()
  // The guard may be gone before it is told that it is not needed.
  shell.stdin?.on("error", () => {})
  return shell
}

const answers = async (url: string): Promise<boolean> => {
  const sql = postgres(url, { max: 1, connect_timeout: 2, fetch_types: false, onnotice: () => {} })
  try {
    await sql.unsafe("select 1")
    return true
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 0 })
  }
}

export interface Server {
  readonly stop: (signal: NodeJS.Signals) => Promise<void>
}

/** Starts the server and waits until it answers; throws with its log when it does not. */
export const spawnPostgres = async (
  cluster: Cluster,
  port: number,
  settings: Readonly<Record<string, string>>
): Promise<Server> => {
  const log = openSync(logOf(cluster), "a")
  const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`
  ])
  const server = spawn(join(cluster.native, "bin", "postgres"), ["-D", dataOf(cluster), ...flags], {
    stdio: ["ignore", log, log],
    detached: true,
    cwd: "/",
    env: environment(cluster.native),
    ...cluster.user
  })
  closeSync(log)
  const exited = once(server, "exit")
  server.unref()
  if (server.pid === undefined) throw new Error("the PostgreSQL server could not be spawned")
  const watch = guard(cluster, server.pid)
  const url = cluster.url(port)
  const deadline = performance.now() + 60_000
  while (!(await answers(url))) {
    if (server.exitCode !== null || server.signalCode !== null || performance.now() > deadline) {
      server.kill("SIGKILL")
      watch.stdin?.end("done\n")
      throw new Error(`PostgreSQL did not start on port ${port}:\n${readFileSync(logOf(cluster), "utf8")}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return {
    stop: async (signal) => {
      watch.stdin?.end("done\n")
      if (server.exitCode !== null || server.signalCode !== null) return
      server.ref()
      server.kill(signal)
      await exited
    }
  }
}
