import { spawn } from "node:child_process"
import { once } from "node:events"

export interface NodeProcess {
  readonly pid: number
  /** All it has written so far. */
  readonly stdout: () => string
  readonly stderr: () => string
  /** Settles with what a pattern matches on standard output; rejects when the process ends before. */
  readonly shows: (pattern: RegExp) => Promise<RegExpExecArray>
  readonly signal: (signal: NodeJS.Signals) => void
  /** Settles with the exit code, null after a signal. */
  readonly ended: Promise<number | null>
}

/** V8 works some 5 s of processor time on a better PGlite at each start, which pays off after thousands of statements only. */
const QUICK_WASM = "--liftoff-only"

/** Runs a program with Node for a while, with this environment and the path alone. */
export const startNode = (
  program: string,
  environment: Readonly<Record<string, string>>,
  cwd = process.cwd()
): NodeProcess => {
  const child = spawn(process.execPath, [QUICK_WASM, program], {
    cwd,
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"]
  })
  let stdout = ""
  let stderr = ""
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()))
  const ended = once(child, "close").then(() => child.exitCode)

  const shows = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(stdout)
        if (found !== null) resolve(found)
      }
      child.stdout.on("data", look)
      look()
      void ended.then((code) => reject(new Error(`${program} ended with ${code}: ${stderr.slice(-2_000)}`)))
    })

  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    shows,
    signal: (signal) => child.kill(signal),
    ended
  }
}
