import { fork } from "node:child_process"
import { once } from "node:events"
import { extname } from "node:path"
import { fileURLToPath } from "node:url"
import { Schema } from "effect"

const decode = Schema.decodeUnknownSync(Schema.Array(Schema.Tuple([Schema.String, Schema.String, Schema.Finite])))

export interface Arrival {
  readonly path: string
  readonly messageId: string
  readonly at: number
}

export interface ReceiverProcess {
  readonly url: string
  /** What came since it was asked last. */
  readonly take: () => Promise<ReadonlyArray<Arrival>>
  /** Takes until that many have come in all, or nothing more has for ten seconds. */
  readonly takeUntil: (count: number) => Promise<ReadonlyArray<Arrival>>
  /** From now on what is sent to `/hang` gets no answer. */
  readonly hang: () => Promise<void>
  readonly stop: () => Promise<void>
}

export const ratePerSecond = (arrivals: ReadonlyArray<Arrival>): number => {
  const times = arrivals.map(({ at }) => at)
  const span = times.reduce((a, b) => Math.max(a, b)) - times.reduce((a, b) => Math.min(a, b))
  return arrivals.length / (span / 1_000)
}

const PATIENCE_MS = 10_000

/** Starts the receiver in a process of its own. */
export const startReceiverProcess = async (): Promise<ReceiverProcess> => {
  const script = fileURLToPath(new URL(`./receiver${extname(fileURLToPath(import.meta.url))}`, import.meta.url))
  const child = fork(script)
  const kill = () => void child.kill("SIGKILL")
  process.once("exit", kill)
  const [message] = await once(child, "message")
  const url = String(message)
  const take = async () => {
    const response = await fetch(url)
    return decode(await response.json()).map(([path, messageId, at]) => ({ path, messageId, at }))
  }
  const takeUntil = async (count: number) => {
    const all: Array<Arrival> = []
    let latest = performance.now()
    while (all.length < count && performance.now() - latest < PATIENCE_MS) {
      // Seldom enough not to be a load.
      await new Promise((resolve) => setTimeout(resolve, 250))
      const more = await take()
      if (more.length > 0) latest = performance.now()
      all.push(...more)
    }
    return all
  }
  const hang = async () => void (await fetch(`${url}/?hang`)).body?.cancel()
  const stop = async () => {
    const exited = once(child, "exit")
    child.kill("SIGTERM")
    await exited
    process.off("exit", kill)
  }
  return { url, take, takeUntil, hang, stop }
}
