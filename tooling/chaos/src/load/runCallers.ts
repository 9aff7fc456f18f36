import { pause } from "../pause.ts"
import { between, pick, type Random } from "../random.ts"
import { callOnce } from "./callOnce.ts"
import { callStream } from "./callStream.ts"
import { type Ask, type Ledger, type Mode, MODES } from "./Ledger.ts"

/** Contacts are fewer than callers' requests, so that several callers speak in one dialog at a time. */
const CONTACTS = 24

const CALLERS: Readonly<Record<Mode, number>> = { sync: 6, async: 4, stream: 4 }

/** How long a request may take before it counts as unanswered: restarts, stalls and leases add up. */
const DEADLINE_MS = 60_000

/** A failure that is told twice is what became of the turn, and not of the request. */
const TOLD = 2

export interface LoadOptions {
  readonly apis: readonly [string, ...ReadonlyArray<string>]
  readonly callback: string
  readonly random: Random
  readonly ledger: Ledger
  /** No more requests are begun after it; those that are under way go on to their answer. */
  readonly signal: AbortSignal
}

/** Says the same until it is answered. */
const insist = async (ask: Ask, { apis, callback, ledger, random }: LoadOptions): Promise<void> => {
  const deadline = performance.now() + DEADLINE_MS
  const anyApi = () => pick(random, apis)
  let failures = 0
  while (performance.now() < deadline) {
    const call =
      ask.mode === "stream"
        ? await callStream(ask, callback, anyApi, ledger, deadline)
        : await callOnce(ask, callback, anyApi(), ledger).catch(() => ({ status: "again" }) as const)
    if (call.status === "done") return void ledger.acknowledged.push(call.turn)
    failures += call.status === "failed" ? 1 : 0
    if (failures === TOLD) return void ledger.failed.push(ask)
    ledger.retries++
    await pause(between(random, 50, 250), new AbortController().signal)
  }
  ledger.unanswered.push(ask)
}

/** Callers of all kinds, each with one request after another. */
export const runCallers = async (options: LoadOptions): Promise<void> => {
  const { random, signal } = options
  const caller = async (mode: Mode, number: number): Promise<void> => {
    for (let count = 0; !signal.aborted; count++) {
      const query = `${mode} caller ${number} says ${count}`
      await insist({ mode, caller: number, query, userId: `contact ${Math.floor(random() * CONTACTS)}` }, options)
      await pause(between(random, 20, 200), signal)
    }
  }
  await Promise.all(MODES.flatMap((mode) => Array.from({ length: CALLERS[mode] }, (_, number) => caller(mode, number))))
}
