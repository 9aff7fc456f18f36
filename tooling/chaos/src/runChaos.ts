import {
  echo,
  type ReceivedRequest,
  type ReceiverReply,
  startModelServer,
  startPostgres,
  startReceiver
} from "@butler/testing"
import { breakThings, type FaultCounts } from "./faults.ts"
import { startFleet } from "./Fleet.ts"
import { type Ledger, newLedger } from "./load/Ledger.ts"
import { post } from "./load/request.ts"
import { runCallers } from "./load/runCallers.ts"
import { until } from "./pause.ts"
import { seeded } from "./random.ts"
import { isQuiet, readTables, type Tables } from "./reconcile/readTables.ts"
import { CALLBACKS, EVENTS, reconcileDeliveries } from "./reconcile/reconcileDeliveries.ts"
import { reconcileTurns } from "./reconcile/reconcileTurns.ts"

const LEASE_MS = 2_000

/** Past the lease, with a heartbeat on its way. */
const STALL_MS = 3_000

/** Restarts, leases and the first retry of a delivery, one after the other. */
const QUIET_WITHIN_MS = 60_000

const UP_WITHIN_MS = 60_000

export interface ChaosOptions {
  readonly seconds: number
  readonly seed: number
}

export interface ChaosOutcome {
  readonly ledger: Ledger
  readonly tables: Tables
  readonly requests: ReadonlyArray<ReceivedRequest>
  readonly faults: FaultCounts
  readonly modelCalls: number
  readonly leasesLost: number
  readonly fenced: number
  readonly crashes: number
  readonly errors: ReadonlyArray<string>
  readonly log: string
  readonly exitCodes: ReadonlyArray<number | null>
  readonly quietAfterMs: number
  readonly violations: ReadonlyArray<string>
}

/** Refuses one in fifty the first time it comes. */
const fickle = (): ((request: ReceivedRequest) => ReceiverReply) => {
  const seen = new Set<string>()
  return ({ headers }) => {
    const id = String(headers["webhook-id"])
    const isNew = !seen.has(id)
    seen.add(id)
    return { kind: "status", status: isNew && Number.parseInt(id.slice(0, 8), 16) % 50 === 0 ? 500 : 200 }
  }
}

const subscribe = async (api: string, url: string): Promise<void> => {
  const response = await post(api, "/v1/webhook-endpoints", { url, ordered: true })
  if (!response.ok) throw new Error(`no subscription: ${response.status} ${await response.text()}`)
}

/** Loads a whole installation, breaks it for so long, lets it come to rest and counts what it has promised. */
export const runChaos = async ({ seconds, seed }: ChaosOptions): Promise<ChaosOutcome> => {
  await using stack = new AsyncDisposableStack()
  const server = await startPostgres({ durable: true })
  stack.defer(server.stop)
  const receiver = await startReceiver(fickle())
  stack.defer(receiver.stop)
  let modelCalls = 0
  const model = await startModelServer(
    (request) => echo({ latencyMs: (modelCalls++ * 37) % 300, everyMs: 10 })(request),
    { record: false }
  )
  stack.defer(model.stop)
  const fleet = await startFleet({ databaseUrl: server.url, modelUrl: model.url, leaseMs: LEASE_MS })
  stack.defer(async () => void (await fleet.stop()))
  if (!(await until(fleet.isReady, UP_WITHIN_MS))) throw new Error(`not up: ${fleet.errors().slice(-3).join("\n")}`)
  await subscribe(fleet.apis[0].url, `${receiver.url}${EVENTS}`)

  const ledger = newLedger()
  const over = new AbortController()
  const signal = over.signal
  const apis = [fleet.apis[0].url, fleet.apis[1].url] as const
  const load = runCallers({ apis, callback: `${receiver.url}${CALLBACKS}`, random: seeded(seed), ledger, signal })
  const faults = await breakThings({ fleet, server, random: seeded(seed + 1), stallMs: STALL_MS, seconds }).finally(
    () => over.abort()
  )
  const rest = performance.now()
  await load
  await until(() => isQuiet(server.url), QUIET_WITHIN_MS)
  const quietAfterMs = performance.now() - rest
  const tables = await readTables(server.url)
  // One that has only just been started again does not know yet what a signal means.
  await until(fleet.isReady, UP_WITHIN_MS)
  const exitCodes = await fleet.stop()
  const { requests } = receiver
  return {
    ledger,
    tables,
    requests: [...requests],
    faults,
    modelCalls,
    leasesLost: fleet.logged("lost the lease of a turn"),
    fenced: fleet.logged("came too late and was not stored"),
    crashes: fleet.crashes(),
    errors: fleet.errors(),
    log: fleet.log(),
    exitCodes,
    quietAfterMs,
    violations: [...reconcileTurns(ledger, tables), ...reconcileDeliveries(tables, requests)]
  }
}
