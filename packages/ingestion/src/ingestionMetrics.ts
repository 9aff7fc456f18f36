import { Metric } from "effect"

export const sourcesRunning = Metric.gauge("butler_sources_running", {
  description: "Sources of knowledge that this process is reading"
})

export const sourceLeasesLost = Metric.counter("butler_source_leases_lost", {
  description: "Sources that another process took over while this one read them",
  incremental: true
})
