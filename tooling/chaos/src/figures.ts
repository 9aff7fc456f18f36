import { MODES } from "./load/Ledger.ts"
import type { ChaosOutcome } from "./runChaos.ts"

const quantile = (values: ReadonlyArray<number>, q: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}

const count = (items: ReadonlyArray<string>, prefix: string): number =>
  items.filter((item) => item.startsWith(prefix)).length

/** The outcome in lines that a person can read. */
export const figures = (outcome: ChaosOutcome): ReadonlyArray<string> => {
  const { faults, ledger, requests, tables, violations } = outcome
  const { deliveries, turns } = tables
  const modes = MODES.map((mode) => `${ledger.acknowledged.filter((each) => each.mode === mode).length} ${mode}`)
  const statuses = [...new Set(turns.map(({ status }) => status))].map(
    (status) => `${turns.filter((turn) => turn.status === status).length} ${status}`
  )
  const failures = turns.flatMap(({ error }) => error ?? [])
  const seconds = turns.map((turn) => turn.seconds)
  const received = new Set(requests.map(({ headers }) => headers["webhook-id"])).size
  return [
    `broken        ${faults.kill} SIGKILLs, ${faults.stall} stalls past the lease, sessions ended ${faults.sessions} times, PostgreSQL killed ${faults.postgres} times`,
    `acknowledged  ${ledger.acknowledged.length}: ${modes.join(", ")}; ${ledger.retries} retries, ${ledger.resumed} streams resumed, ${ledger.failed.length} told of a failure`,
    `turns         ${turns.length}: ${statuses.join(", ")}${failures.length > 0 ? ` (${failures.join(", ")})` : ""}; ${turns.filter(({ attempts }) => attempts > 1).length} run again; from acceptance to end p50 ${quantile(seconds, 0.5).toFixed(2)} s, p99 ${quantile(seconds, 0.99).toFixed(2)} s, at most ${quantile(seconds, 1).toFixed(2)} s`,
    `leases        ${outcome.leasesLost} lost while running, ${outcome.fenced} late completions fenced; ${outcome.modelCalls - turns.length} answers made in vain`,
    `deliveries    ${deliveries.length} owed, ${received} received in ${requests.length} requests`,
    `processes     ${outcome.crashes} ended by themselves, exit codes at the end ${outcome.exitCodes.join(" ")}; at rest after ${(outcome.quietAfterMs / 1_000).toFixed(1)} s`,
    `violations    ${count(violations, "lost")} lost, ${count(violations, "twice")} twice, ${count(violations, "order")} out of order, ${count(violations, "undelivered")} undelivered, ${count(violations, "wrong")} wrong, ${count(violations, "odd")} odd`
  ]
}
