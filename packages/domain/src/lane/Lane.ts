import type { WorkspaceId } from "../ids/brands.ts"

/**
 * What is kept in order: turns by dialog, webhook deliveries by endpoint and dialog; the jobs that replay deliveries; and the
 * readings of each source of knowledge.
 */
export type LaneKind = "turn" | "delivery" | "replay" | "ingestion"

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
  /** The item that is not to start before a time, since more may join it. */
  readonly quiet: { readonly seq: number; readonly until: number } | null
}

export const idleLane: Lane = {
  lastSeq: 0,
  doneSeq: 0,
  attempts: 0,
  nextAt: Infinity,
  leaseToken: null,
  quiet: null
}

const withLease = (lane: Lane, now: number, terms: LeaseTerms): Lane => ({
  ...lane,
  attempts: lane.attempts + 1,
  nextAt: now + terms.durationMs,
  leaseToken: terms.token
})

/**
 * Adds a work item. An idle lane becomes due at once, or after `quietMs`, or is leased to the caller when it brings terms
 * and wants no quiet.
 */
export const enqueue = (lane: Lane, now: number, terms: LeaseTerms | null, quietMs = 0): Lane => {
  const lastSeq = lane.lastSeq + 1
  const quiet = quietMs > 0 ? { seq: lastSeq, until: now + quietMs } : lane.quiet
  const longer = { ...lane, lastSeq, quiet }
  if (lane.nextAt !== Infinity) return longer
  return terms === null || quietMs > 0 ? { ...longer, nextAt: now + quietMs } : withLease(longer, now, terms)
}

/** Something more joined the last item, which has not started: a quiet time begins again. */
export const join = (lane: Lane, now: number, quietMs: number): Lane => {
  if (quietMs === 0) return lane
  const until = now + quietMs
  const isWaitingHead = lane.leaseToken === null && lane.attempts === 0 && lane.lastSeq === lane.doneSeq + 1
  return { ...lane, quiet: { seq: lane.lastSeq, until }, nextAt: isWaitingHead ? until : lane.nextAt }
}

/** A new item that takes the place of all that are open, whoever holds the head. */
export const supersede = (lane: Lane, now: number, terms: LeaseTerms | null): Lane =>
  enqueue({ ...idleLane, lastSeq: lane.lastSeq, doneSeq: lane.lastSeq }, now, terms)

/** Leases the head when it is due; null when it is not. */
export const claim = (lane: Lane, now: number, terms: LeaseTerms): Lane | null =>
  lane.nextAt <= now ? withLease(lane, now, terms) : null

/** The head is gone: the next one is due at once or when its quiet time is over, or the lane is idle. */
export const dropHead = (lane: Lane, now: number): Lane => {
  const doneSeq = lane.doneSeq + 1
  const due = lane.quiet?.seq === doneSeq + 1 ? Math.max(now, lane.quiet.until) : now
  return { ...lane, doneSeq, attempts: 0, nextAt: lane.lastSeq > doneSeq ? due : Infinity, leaseToken: null }
}

const fenced =
  (change: (lane: Lane, now: number) => Lane) =>
  (lane: Lane, now: number, token: string): Lane | null =>
    lane.leaseToken === token ? change(lane, now) : null

/** Prolongs a lease; null when it is no longer the caller's. */
export const heartbeat = (lane: Lane, now: number, terms: LeaseTerms): Lane | null =>
  fenced((held) => ({ ...held, nextAt: now + terms.durationMs }))(lane, now, terms.token)

/** The head is done. Null when the lease is lost. */
export const complete = fenced(dropHead)

/** Gives the head back, to be due again after `delayMs`. Null when the lease is lost. */
export const retry = (lane: Lane, now: number, token: string, delayMs: number): Lane | null =>
  fenced((held) => ({ ...held, nextAt: now + delayMs, leaseToken: null }))(lane, now, token)
