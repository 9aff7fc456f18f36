import { Schema } from "effect"
import { quantile } from "../turn/statistics.ts"
import { ENDPOINTS, type Sides } from "./Sides.ts"

const SETTLE_MS = 3_000

const decodeCommits = Schema.decodeUnknownSync(Schema.Array(Schema.Tuple([Schema.String, Schema.Finite])))

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export interface Latencies {
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** Commit to first attempt, at a steady rate, at all endpoints but the one that is there to hang. */
export const latency = async (
  { errors, product, receiver }: Sides,
  perSecond: number,
  seconds: number
): Promise<Latencies> => {
  await receiver.take()
  const commits = new Map(decodeCommits(await product.ask({ do: "drive", perSecond: perSecond / ENDPOINTS, seconds })))
  await pause(SETTLE_MS)
  const arrivals = (await receiver.take()).filter(({ path }) => path !== "/hang")
  const delays = arrivals.flatMap(({ at, messageId }) => {
    const committed = commits.get(messageId)
    // The receiver may have it before the driver is told of the commit.
    return committed === undefined ? [] : [Math.max(0, at - committed)]
  })
  const owed = commits.size * (ENDPOINTS - 1)
  if (delays.length !== owed) errors.push(`${delays.length} of ${owed} deliveries came in`)
  return { p50: quantile(delays, 0.5), p95: quantile(delays, 0.95), p99: quantile(delays, 0.99) }
}
