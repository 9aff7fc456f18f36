import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
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

interface Child {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  readonly stdout: () => string
  readonly stderr: () => string
}

const launch = (cwd: string, environment: Readonly<Record<string, string>>): Child => {
  const child = spawn(process.execPath, [MAIN], {
    cwd,
    env: { PATH: process.env["PATH"], PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe"]
  })
  let stdout = ""
  let stderr = ""
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()))
  const ended = once(child, "close").then(() => ({ code: child.exitCode, stdout, stderr }))
  return { process: child, ended, stdout: () => stdout, stderr: () => stderr }
}

/** The process, until it ends by itself or is killed after `killAfterMs`. */
export const runMain = async (
  cwd: string,
  environment: Readonly<Record<string, string>>,
  killAfterMs?: number
): Promise<Ended> => {
  const child = launch(cwd, environment)
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.process.kill("SIGKILL"), killAfterMs)
  const ended = await child.ended
  clearTimeout(timer)
  return ended
}

/** The process, once it has shown its banner. */
export const startMain = async (cwd: string, environment: Readonly<Record<string, string>> = {}): Promise<Main> => {
  const child = launch(cwd, environment)
  const shown = new Promise<string>((resolve) => {
    child.process.stdout?.on("data", () => {
      if (/curl [^]*\n\n$/.test(child.stdout())) resolve(child.stdout())
    })
  })
  const banner = await Promise.race([shown, child.ended])
  if (typeof banner !== "string") throw new Error(`main ended with ${banner.code}: ${banner.stderr}`)
  const end = (signal: NodeJS.Signals): Promise<Ended> => {
    child.process.kill(signal)
    return child.ended
  }
  const api: Api = {
    url: /listening on (\S+)/.exec(banner)?.[1] ?? "",
    key: /bk_[a-z0-9]{16}_[\w-]{43}/.exec(banner)?.[0] ?? null,
    stop: async () => void (await end("SIGTERM"))
  }
  return { api, banner, log: child.stderr, end }
}
