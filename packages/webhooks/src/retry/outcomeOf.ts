import type { Attempt, AttemptError, DeliveryOutcome } from "@butler/domain"
import { pauseAfter } from "./schedule.ts"

/** The receiver, or what stands before it, asks for less. */
const OVERLOADED: ReadonlySet<number> = new Set([429, 502, 503, 504])

const GONE = 410

/** Whatever is sent there would fare alike. */
const UNREACHABLE: ReadonlySet<AttemptError> = new Set(["refused_address", "dns", "connect", "tls", "timeout"])

export type Attempted = Extract<DeliveryOutcome, { readonly _tag: "Attempted" }>

const endpointEffect = ({ error, retryAfterMs, status }: Attempt): Attempted["endpoint"] => {
  if (status === GONE) return "gone"
  if (status !== null && OVERLOADED.has(status)) return { slowForMs: retryAfterMs }
  return error !== null && UNREACHABLE.has(error) ? "unreachable" : "unchanged"
}

/**
 * What an attempt means for its delivery and its endpoint: anything but a complete answer with a 2xx status is tried again
 * until the schedule is used up, 410 ends it at once. `before` counts the attempts of this schedule so far.
 */
export const outcomeOf = (attempt: Attempt, before: number, random: number): Attempted => {
  if (attempt.error === null) return { _tag: "Attempted", attempt, verdict: "delivered", endpoint: "unchanged" }
  const retryInMs = attempt.status === GONE ? null : pauseAfter(before + 1, attempt.retryAfterMs, random)
  const verdict = retryInMs === null ? "dead" : { retryInMs }
  return { _tag: "Attempted", attempt, verdict, endpoint: endpointEffect(attempt) }
}
