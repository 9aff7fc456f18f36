import { Context, Metric } from "effect"

const requests = Metric.counter("butler_http_requests_total", {
  description: "HTTP requests by method, route and status",
  incremental: true
})

const BOUNDARIES_MS = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000]

const durations = Metric.histogram("butler_http_request_duration_milliseconds", {
  description: "How long HTTP requests took, by method and route",
  boundaries: BOUNDARIES_MS
})

/** Attributes are resolved once for each route and status: looking them up anew costs more than counting. */
const resolved = new Map<string, (milliseconds: number) => void>()

const resolve = (method: string, route: string, status: number) => {
  const counted = Metric.withAttributes(requests, { method, route, status: String(status) })
  const timed = Metric.withAttributes(durations, { method, route })
  const context = Context.empty()
  return (milliseconds: number): void => {
    counted.updateUnsafe(1, context)
    timed.updateUnsafe(milliseconds, context)
  }
}

/** Counts one answered request. */
export const countRequest = (method: string, route: string, status: number, milliseconds: number): void => {
  const key = `${method} ${route} ${status}`
  const count = resolved.get(key) ?? resolve(method, route, status)
  resolved.set(key, count)
  count(milliseconds)
}
