import type { DeliveryOutcome, Settlement } from "@butler/domain"

/** What is kept of a refusal's body, so that an operator sees what the receiver meant. */
const KEPT_RESPONSE = 1_024

const attemptOf = (outcome: DeliveryOutcome) => {
  if (outcome._tag !== "Attempted") return null
  const { at, durationMs, error, response, status } = outcome.attempt
  const said = error === null ? "" : response.slice(0, KEPT_RESPONSE).toWellFormed()
  return { at: at.toISOString(), durationMs, status, error, response: said }
}

/** Null when the delivery is done with. */
const delayOf = (outcome: DeliveryOutcome): number | null => {
  if (outcome._tag === "Deferred") return outcome.delayMs
  return outcome._tag === "Attempted" && typeof outcome.verdict === "object" ? outcome.verdict.retryInMs : null
}

const statusOf = (outcome: DeliveryOutcome) => {
  if (outcome._tag === "Skipped") return "skipped"
  return outcome._tag === "Attempted" && typeof outcome.verdict === "string" ? outcome.verdict : "pending"
}

const healthOf = (outcome: DeliveryOutcome) => {
  if (outcome._tag !== "Attempted") return { health: null, slowForMs: null }
  if (outcome.verdict === "delivered") return { health: "well", slowForMs: null }
  return typeof outcome.endpoint === "object"
    ? { health: "slow", slowForMs: outcome.endpoint.slowForMs }
    : { health: outcome.endpoint, slowForMs: null }
}

/** A settled lane, by its place in the batch. */
export const laneOf = ({ endpointId, lease, outcomes, released }: Settlement, place: number) => {
  const delays = outcomes.map(delayOf)
  return {
    place,
    workspaceId: lease.workspaceId,
    key: lease.key,
    token: lease.token,
    seq: lease.seq,
    endpointId,
    done: delays.filter((delay) => delay === null).length,
    delayMs: delays.at(-1) ?? null,
    released
  }
}

/** What became of its deliveries. */
export const outcomesOf = ({ lease, outcomes }: Settlement, place: number) =>
  outcomes.map((outcome, index) => ({
    place,
    seq: lease.seq + index,
    status: statusOf(outcome),
    delayMs: delayOf(outcome),
    attempt: attemptOf(outcome),
    ...healthOf(outcome)
  }))
