export const MODES = ["sync", "async", "stream"] as const
export type Mode = (typeof MODES)[number]

/** One contact's message, and what it is known by: its text and its idempotency key are of no other. */
export interface Ask {
  readonly mode: Mode
  readonly caller: number
  readonly query: string
  readonly userId: string
}

/** A request that the service has said yes to. */
export interface Acknowledged extends Ask {
  readonly turnId: string
  readonly dialogId: string
  /** The text of the answer, for whoever was given one. */
  readonly answer: string | null
}

/** What the callers have seen. */
export interface Ledger {
  readonly acknowledged: Array<Acknowledged>
  /** Turns whose caller was told that they have failed. */
  readonly failed: Array<Ask>
  /** Requests that never got an answer in time. */
  readonly unanswered: Array<Ask>
  /** What should never be seen: refusals of good requests, streams with gaps, other turns for one key. */
  readonly oddities: Array<string>
  retries: number
  resumed: number
}

export const newLedger = (): Ledger => ({
  acknowledged: [],
  failed: [],
  unanswered: [],
  oddities: [],
  retries: 0,
  resumed: 0
})
