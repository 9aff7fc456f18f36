import { spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, openSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { Pool } from "undici"

/** A running program under test, alone in its process. */
export interface Contestant {
  readonly name: string
  readonly pid: number
  readonly url: string
  readonly pool: Pool
  readonly key: string
  readonly stop: () => Promise<void>
}

export interface Start {
  readonly databaseUrl: string
  readonly key: string
  /** Where its profile of processor time is written when it stops. */
  readonly profileTo?: string | undefined
  /** Beside, or instead of, those it has here by default. */
  readonly settings?: Readonly<Record<string, string>>
}

/** The same for both. */
const POOL_SIZE = "10"

const API = fileURLToPath(new URL("../../../../apps/api/dist/main.js", import.meta.url))
const WORKER = fileURLToPath(new URL("../../../../apps/worker/dist/main.js", import.meta.url))
const FLOOR = fileURLToPath(new URL("floor.js", import.meta.url))

/** The flags that `pnpm start` gives Node. */
const startFlags = (): ReadonlyArray<string> => {
  const manifest = readFileSync(new URL("../../../../package.json", import.meta.url), "utf8")
  const flags = /\bnode ((?:--\S+ )*)apps\/api\/dist\/main\.js/.exec(manifest)?.[1]
  if (flags === undefined) throw new Error("package.json does not say how the service is started")
  return flags.split(" ").filter((flag) => flag !== "")
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, "127.0.0.1")
  await once(probe, "listening")
  const address = probe.address()
  probe.close()
  await once(probe, "close")
  if (address === null || typeof address === "string") throw new Error("no port to be had")
  return address.port
}

const isReady = async (pool: Pool): Promise<boolean> => {
  try {
    const { body, statusCode } = await pool.request({ method: "GET", path: "/readyz" })
    await body.dump()
    return statusCode === 200
  } catch {
    return false
  }
}

const PATIENCE_MS = 30_000

const start = async (
  name: string,
  script: string,
  { key, profileTo, settings: asked }: Start,
  settings: Readonly<Record<string, string>>
): Promise<Contestant> => {
  const port = await freePort()
  const logFile = join(tmpdir(), `butler-bench-${name}-${port}.log`)
  const log = openSync(logFile, "w")
  const profiling =
    profileTo === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profileTo}`, `--cpu-prof-name=${name}.cpuprofile`]
  const child = spawn(process.execPath, [...startFlags(), ...profiling, script], {
    // What a program logs by default is a part of its cost.
    stdio: ["ignore", log, log],
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      PORT: String(port),
      WORKER_PORT: String(port),
      HOST: "127.0.0.1",
      ...settings,
      ...asked
    }
  })
  closeSync(log)
  const { pid } = child
  if (pid === undefined) throw new Error(`${name} could not be spawned`)
  const exited = once(child, "exit")
  const kill = () => void child.kill("SIGKILL")
  process.once("exit", kill)
  const url = `http://127.0.0.1:${port}`
  const pool = new Pool(url, { connections: 256, pipelining: 1 })
  const stop = async () => {
    await pool.destroy()
    child.kill("SIGTERM")
    await exited
    process.off("exit", kill)
    rmSync(logFile)
  }
  const deadline = performance.now() + PATIENCE_MS
  while (!(await isReady(pool))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      kill()
      throw new Error(`${name} did not get ready:\n${readFileSync(logFile, "utf8")}`)
    }
    await sleep(50)
  }
  return { name, pid, url, pool, key, stop }
}

/** The product as it is shipped, with its defaults; it logs every request. */
export const startApi = (options: Start): Promise<Contestant> =>
  start("api", API, options, {
    DATABASE_URL: options.databaseUrl,
    BUTLER_DATABASE_CONNECTIONS: POOL_SIZE,
    BUTLER_BOOTSTRAP_KEY: options.key,
    BUTLER_SAMPLE: "off"
  })

/** What runs the turns that an API with `BUTLER_WORKER=off` leaves in their lanes. */
export const startWorker = (options: Start): Promise<Contestant> =>
  start("worker", WORKER, options, {
    DATABASE_URL: options.databaseUrl,
    BUTLER_DATABASE_CONNECTIONS: POOL_SIZE
  })

export const startFloor = (options: Start): Promise<Contestant> =>
  start("floor", FLOOR, options, { DATABASE_URL: options.databaseUrl, POOL_SIZE })
