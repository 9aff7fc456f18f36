import { Schema } from "effect"
import { median, quantile } from "../turn/statistics.ts"
import { ENDPOINTS, type Sides } from "./Sides.ts"

const SETTLE_MS = 3_000

const decodeCommits = Schema.decodeUnknownSync(Schema.Array(Schema.Tuple([Schema.String, Schema.Finite])))

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export interface Latencies {
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** The median of the p99 of each window: a pause of the machine falls into few of them. */
  readonly typicalP99: number
}

const WINDOW_MS = 2_000

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
  const windows = new Map<number, Array<number>>()
  const delays = arrivals.flatMap(({ at, messageId }) => {
    const committed = commits.get(messageId)
    if (committed === undefined) return []
    // The receiver may have it before the driver is told of the commit.
    const delay = Math.max(0, at - committed)
    const window = Math.floor(committed / WINDOW_MS)
    const others = windows.get(window)
    if (others === undefined) windows.set(window, [delay])
    else others.push(delay)
    return [delay]
  })
  const owed = commits.size * (ENDPOINTS - 1)
  if (delays.length !== owed) errors.push(`${delays.length} of ${owed} deliveries came in`)
  return {
    p50: quantile(delays, 0.5),
    p95: quantile(delays, 0.95),
    p99: quantile(delays, 0.99),
    typicalP99: median([...windows.values()].map((window) => quantile(window, 0.99)))
  }
}
