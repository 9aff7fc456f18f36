import { type ChildProcessByStdio, spawn } from "node:child_process"
import { once } from "node:events"
import type { Readable, Writable } from "node:stream"
import { Redacted } from "effect"
import type { ToolCommand } from "./ToolCommand.ts"

/** How long a program may take to go when its input has ended, and again when it has been asked to. */
const GRACE_MS = 500

export interface RunningCommand {
  readonly child: ChildProcessByStdio<Writable, Readable, null>
  /** Ends the program and all that it has started. */
  readonly stop: () => Promise<void>
}

/** The whole group: what a program leaves behind goes with it. */
const signalGroup = (pid: number | undefined, signal: NodeJS.Signals): void => {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // Nobody is left of it.
  }
}

const environmentOf = ({ env = {} }: ToolCommand, path: string): Record<string, string> => ({
  PATH: path,
  ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, Redacted.value(value)]))
})

/** Starts a program in a group of its own, with nothing of our environment but the path. What it complains of is not read. */
export const startCommand = (command: ToolCommand, path: string): RunningCommand => {
  const child = spawn(command.command, [...(command.args ?? [])], {
    env: environmentOf(command, path),
    stdio: ["pipe", "pipe", "ignore"],
    detached: true,
    windowsHide: true
  })
  const gone = once(child, "exit").then(
    () => signalGroup(child.pid, "SIGKILL"),
    () => undefined
  )
  const goneWithin = (millis: number): Promise<boolean> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), millis)
    })
    return Promise.race([gone.then(() => true), late]).finally(() => clearTimeout(timer))
  }
  const stop = async (): Promise<void> => {
    child.stdin.end()
    if (await goneWithin(GRACE_MS)) return
    signalGroup(child.pid, "SIGTERM")
    if (await goneWithin(GRACE_MS)) return
    signalGroup(child.pid, "SIGKILL")
    await gone
  }
  return { child, stop }
}
