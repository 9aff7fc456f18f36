import { type NodeProcess, startNode } from "@butler/testing"
import { join } from "node:path"
import type { Api } from "./startApi.ts"

const MAIN = join(import.meta.dirname, "..", "..", "dist", "main.js")

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Main {
  readonly api: Api
  readonly banner: string
  /** All it has logged so far. */
  readonly log: () => string
  readonly end: (signal: NodeJS.Signals) => Promise<Ended>
}

const launch = (cwd: string, environment: Readonly<Record<string, string>>): NodeProcess =>
  startNode(MAIN, { PORT: "0", ...environment }, cwd)

const endOf = async ({ ended, stderr, stdout }: NodeProcess): Promise<Ended> => {
  const code = await ended
  return { code, stdout: stdout(), stderr: stderr() }
}

/** The process, until it ends by itself or is killed after `killAfterMs`. */
export const runMain = async (
  cwd: string,
  environment: Readonly<Record<string, string>>,
  killAfterMs?: number
): Promise<Ended> => {
  const child = launch(cwd, environment)
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.signal("SIGKILL"), killAfterMs)
  const ended = await endOf(child)
  clearTimeout(timer)
  return ended
}

/** The process, once it has shown its banner. */
export const startMain = async (cwd: string, environment: Readonly<Record<string, string>> = {}): Promise<Main> => {
  const child = launch(cwd, environment)
  const { input: banner } = await child.shows(/curl [^]*\n\n$/)
  const end = (signal: NodeJS.Signals): Promise<Ended> => {
    child.signal(signal)
    return endOf(child)
  }
  const api: Api = {
    url: /listening on (\S+)/.exec(banner)?.[1] ?? "",
    key: /bk_[a-z0-9]{16}_[\w-]{43}/.exec(banner)?.[0] ?? null,
    stop: async () => void (await end("SIGTERM"))
  }
  return { api, banner, log: child.stderr, end }
}
