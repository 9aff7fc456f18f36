import type { Effect, Metric } from "effect"
import type { LaneKind, Lease, LeaseTerms } from "./Lane.ts"

/** One kind of work that waits in lanes. */
export interface LaneJob<Item, Done, E> {
  /** Whose signals to heed; null for work that becomes due by the clock, and so waits for the poll. */
  readonly wakesOn: LaneKind | null
  /** For logs and spans. */
  readonly name: string
  readonly idOf: (item: Item) => string
  readonly leaseOf: (item: Item) => Lease
  readonly claim: (limit: number, terms: LeaseTerms) => Effect.Effect<ReadonlyArray<Item>>
  /** Answers those of the given leases that are still held. */
  readonly heartbeat: (leases: ReadonlyArray<Lease>, durationMs: number) => Effect.Effect<ReadonlyArray<Lease>>
  readonly giveBack: (items: ReadonlyArray<Item>) => Effect.Effect<void>
  /** Does the work and stores its outcome. Interruption stores nothing: the lease runs out or is given back. */
  readonly run: (item: Item) => Effect.Effect<Done, E>
  /** Whether the lane has another head that is due now. */
  readonly hasMore: (done: Done) => boolean
  /** What whoever waits for the work is told when another process has taken it over. */
  readonly lost: (item: Item) => Effect.Effect<never, E>
  readonly running: Metric.Gauge<number>
  readonly leasesLost: Metric.Counter<number>
}

export interface LaneRunnerOptions {
  /** How many claimed heads are worked on at once; what a caller starts itself comes on top. */
  readonly concurrency: number
  /** Heads claimed by one statement. */
  readonly batch: number
  /** Claims begin at least so far apart, unless the last one left some behind; at once when it is left out. */
  readonly paceMs?: number
  readonly leaseMs: number
  readonly heartbeatMs: number
  /** How long a shutdown waits for what runs. */
  readonly drainMs: number
}
