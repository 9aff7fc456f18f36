import { type NodeProcess, startNode } from "@butler/testing"
import { once } from "node:events"
import { createServer } from "node:net"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

const APPS = join(import.meta.dirname, "..", "..", "..", "apps")

export const KEY = "bk_0123456789abcdef_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"

export interface FleetOptions {
  readonly databaseUrl: string
  readonly modelUrl: string
  readonly leaseMs: number
}

/** A process that is started again whenever it ends. */
export interface Member {
  readonly name: string
  readonly url: string
  readonly kill: () => void
  /** Stops its event loop for so long. */
  readonly stall: (ms: number) => Promise<void>
}

export interface Fleet {
  readonly apis: readonly [Member, Member]
  readonly members: readonly [Member, ...ReadonlyArray<Member>]
  /** How often this was logged by all processes so far. */
  readonly logged: (text: string) => number
  /** What was logged as a breakdown. */
  readonly errors: () => ReadonlyArray<string>
  /** All that was logged, by process. */
  readonly log: () => string
  /** How often a process has ended without being killed. */
  readonly crashes: () => number
  readonly isReady: () => Promise<boolean>
  /** Those whose event loops turn. */
  readonly up: () => Promise<ReadonlyArray<Member>>
  /** Tells all to stop, and waits for it; their exit codes. */
  readonly stop: () => Promise<ReadonlyArray<number | null>>
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

const occurrences = (text: string, part: string): number => text.split(part).length - 1

/** A member that answers within this is not stalled, even when the machine is busy. */
const PROBE_MS = 1_000

const answers = async ({ url }: Member, path: string): Promise<boolean> => {
  const answer = fetch(`${url}${path}`, { signal: AbortSignal.timeout(PROBE_MS) })
  return answer.then(({ ok }) => ok).catch(() => false)
}

/** Starts two APIs, one of them with runners of its own, and three workers. */
export const startFleet = async ({ databaseUrl, leaseMs, modelUrl }: FleetOptions): Promise<Fleet> => {
  const running = new Map<string, NodeProcess>()
  const logs: Array<NodeProcess & { readonly name: string }> = []
  const end = new AbortController()
  let crashes = 0

  const shared = {
    DATABASE_URL: databaseUrl,
    BUTLER_BOOTSTRAP_KEY: KEY,
    BUTLER_MODEL_URL: modelUrl,
    BUTLER_MODEL: "echo",
    BUTLER_LEASE_MS: String(leaseMs),
    BUTLER_EGRESS_ALLOW: "127.0.0.1",
    LOG_LEVEL: "Info"
  }

  // However this process ends, it leaves none behind.
  process.once("exit", () => running.forEach(({ signal }) => signal("SIGKILL")))

  const keep = async (name: string, app: string, environment: Readonly<Record<string, string>>): Promise<void> => {
    while (!end.signal.aborted) {
      const child = startNode(join(APPS, app, "dist", "main.js"), { ...shared, ...environment })
      running.set(name, child)
      logs.push({ ...child, name })
      // One that cannot reach the database at its start says so and ends: it is started again like any other.
      if ((await child.ended) !== null && !end.signal.aborted) crashes++
      await sleep(50)
    }
  }

  const member = async (app: string, number: number, more: Readonly<Record<string, string>>): Promise<Member> => {
    const name = `${app} ${number}`
    const port = String(await freePort())
    void keep(name, app, { [app === "api" ? "PORT" : "WORKER_PORT"]: port, ...more })
    return {
      name,
      url: `http://127.0.0.1:${port}`,
      kill: () => running.get(name)?.signal("SIGKILL"),
      stall: async (ms) => {
        const child = running.get(name)
        child?.signal("SIGSTOP")
        await sleep(ms)
        child?.signal("SIGCONT")
      }
    }
  }

  const first = await member("api", 1, { BUTLER_WORKER: "off" })
  const second = await member("api", 2, { BUTLER_WORKER: "inline" })
  const workers = [await member("worker", 1, {}), await member("worker", 2, {}), await member("worker", 3, {})]
  const members = [first, second, ...workers] as const
  return {
    apis: [first, second],
    members,
    logged: (text) => logs.reduce((sum, { stderr }) => sum + occurrences(stderr(), text), 0),
    errors: () =>
      logs.flatMap(({ stderr }) =>
        stderr()
          .split("\n")
          .filter((line) => line.includes('"level":"ERROR"'))
      ),
    log: () => logs.map(({ name, pid, stderr }) => `--- ${name}, process ${pid}\n${stderr()}`).join("\n"),
    crashes: () => crashes,
    isReady: async () => (await Promise.all(members.map((each) => answers(each, "/readyz")))).every(Boolean),
    up: async () => {
      const alive = await Promise.all(members.map((each) => answers(each, "/healthz")))
      return members.filter((_, index) => alive[index])
    },
    stop: () => {
      end.abort()
      return Promise.all(
        [...running.values()].map(async (child) => {
          child.signal("SIGCONT")
          child.signal("SIGTERM")
          const timer = setTimeout(() => child.signal("SIGKILL"), 20_000)
          const code = await child.ended
          clearTimeout(timer)
          return code
        })
      )
    }
  }
}
