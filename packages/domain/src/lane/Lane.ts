import type { WorkspaceId } from "../ids/brands.ts"

/** What is kept in order: turns by dialog, webhook deliveries by endpoint and dialog; and the jobs that replay deliveries. */
export type LaneKind = "turn" | "delivery" | "replay"

/** The right to work on the head of one lane, until it is given up or runs out. */
export interface Lease {
  readonly workspaceId: WorkspaceId
  readonly key: string
  readonly seq: number
  /** The fence: whoever holds another token can store nothing. */
  readonly token: string
}

/** The terms on which a lease is asked for. */
export interface LeaseTerms {
  readonly token: string
  readonly durationMs: number
}

/**
 * Ordered work with a lease and a fence. Work items are numbered by `lastSeq`; the head is `doneSeq + 1`. `nextAt` is when
 * the head is due, in milliseconds: a lease is a due time in the future, so a crashed worker's work comes back by
 * itself; `Infinity` means idle.
 */
export interface Lane {
  readonly lastSeq: number
  readonly doneSeq: number
  /** How often the head has been claimed. */
  readonly attempts: number
  readonly nextAt: number
  readonly leaseToken: string | null
}

export const idleLane: Lane = { lastSeq: 0, doneSeq: 0, attempts: 0, nextAt: Infinity, leaseToken: null }

const withLease = (lane: Lane, now: number, terms: LeaseTerms): Lane => ({
  ...lane,
  attempts: lane.attempts + 1,
  nextAt: now + terms.durationMs,
  leaseToken: terms.token
})

/** Adds a work item. An idle lane becomes due at once, or is leased to the caller when it brings terms. */
export const enqueue = (lane: Lane, now: number, terms: LeaseTerms | null): Lane => {
  const longer = { ...lane, lastSeq: lane.lastSeq + 1 }
  if (lane.nextAt !== Infinity) return longer
  return terms === null ? { ...longer, nextAt: now } : withLease(longer, now, terms)
}

/** Leases the head when it is due; null when it is not. */
export const claim = (lane: Lane, now: number, terms: LeaseTerms): Lane | null =>
  lane.nextAt <= now ? withLease(lane, now, terms) : null

const fenced =
  (change: (lane: Lane, now: number) => Lane) =>
  (lane: Lane, now: number, token: string): Lane | null =>
    lane.leaseToken === token ? change(lane, now) : null

/** Prolongs a lease; null when it is no longer the caller's. */
export const heartbeat = (lane: Lane, now: number, terms: LeaseTerms): Lane | null =>
  fenced((held) => ({ ...held, nextAt: now + terms.durationMs }))(lane, now, terms.token)

/** The head is done: the next one is due at once, or the lane is idle. Null when the lease is lost. */
export const complete = fenced((lane, now) => ({
  lastSeq: lane.lastSeq,
  doneSeq: lane.doneSeq + 1,
  attempts: 0,
  nextAt: lane.lastSeq > lane.doneSeq + 1 ? now : Infinity,
  leaseToken: null
}))

/** Gives the head back, to be due again after `delayMs`. Null when the lease is lost. */
export const retry = (lane: Lane, now: number, token: string, delayMs: number): Lane | null =>
  fenced((held) => ({ ...held, nextAt: now + delayMs, leaseToken: null }))(lane, now, token)
