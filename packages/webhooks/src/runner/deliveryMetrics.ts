import type { DeliveryOutcome } from "@butler/domain"
import { Effect, Metric } from "effect"

const settled = Metric.counter("butler_deliveries_settled", {
  description: "What became of claimed deliveries: attempts by verdict, and those put off or skipped",
  incremental: true
})

const running = Metric.gauge("butler_deliveries_running", {
  description: "Lanes of deliveries that this process is working on, by share of its workers"
})

const deliveriesSettled = {
  delivered: Metric.withAttributes(settled, { outcome: "delivered" }),
  retry: Metric.withAttributes(settled, { outcome: "retry" }),
  dead: Metric.withAttributes(settled, { outcome: "dead" }),
  deferred: Metric.withAttributes(settled, { outcome: "deferred" }),
  skipped: Metric.withAttributes(settled, { outcome: "skipped" })
}

export const deliveriesRunning = {
  fresh: Metric.withAttributes(running, { share: "fresh" }),
  again: Metric.withAttributes(running, { share: "again" })
}

export const replaysRunning = Metric.gauge("butler_replays_running", {
  description: "Replays that this process is working on"
})

export const deliveryLeasesLost = Metric.counter("butler_delivery_leases_lost", {
  description: "Deliveries that another process took over while this one worked on them",
  incremental: true
})

const labelOf = (outcome: DeliveryOutcome): keyof typeof deliveriesSettled => {
  if (outcome._tag === "Deferred") return "deferred"
  if (outcome._tag === "Skipped") return "skipped"
  return typeof outcome.verdict === "object" ? "retry" : outcome.verdict
}

export const countSettled = (outcomes: ReadonlyArray<DeliveryOutcome>): Effect.Effect<void> =>
  Effect.forEach(outcomes, (outcome) => Metric.update(deliveriesSettled[labelOf(outcome)], 1), { discard: true })
