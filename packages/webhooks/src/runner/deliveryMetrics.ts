import { Metric } from "effect"

export const deliveriesSettled = Metric.counter("butler_deliveries_settled", {
  description: "What became of claimed deliveries: attempts by verdict, and those put off or skipped",
  incremental: true
})

export const deliveriesRunning = Metric.gauge("butler_deliveries_running", {
  description: "Deliveries that this process is working on"
})

export const deliveryLeasesLost = Metric.counter("butler_delivery_leases_lost", {
  description: "Deliveries that another process took over while this one worked on them",
  incremental: true
})
