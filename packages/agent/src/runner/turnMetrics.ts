import { Metric } from "effect"

export const turnsEnded = Metric.counter("butler_turns_ended", {
  description: "Turns by outcome, as this process ended them",
  incremental: true
})

export const turnsRunning = Metric.gauge("butler_turns_running", { description: "Turns that this process is running" })

export const leasesLost = Metric.counter("butler_leases_lost", {
  description: "Turns that another process took over while this one ran them",
  incremental: true
})
