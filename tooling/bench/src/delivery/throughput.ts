import { Schema } from "effect"
import { median } from "../turn/statistics.ts"
import { progress } from "../turn/table.ts"
import { ratePerSecond } from "./arrivals.ts"
import { ENDPOINTS, type Sides, type Spent, spent, spentSince } from "./Sides.ts"

const BACKLOG_MESSAGES = 4_000
const ROUNDS = 3
const BARE_TIMES = 10

const decodeNumber = Schema.decodeUnknownSync(Schema.Finite)

export interface Throughput {
  readonly bare: number
  readonly product: number
  /** Of each message when it is stored with all its deliveries, and of each delivery when it is sent. */
  readonly storing: Spent
  readonly sending: Spent
}

/** From stored backlog to empty lanes, against the bare loop; blocks alternate. */
export const backlog = async (sides: Sides): Promise<Throughput> => {
  const { bare, bodies, errors, product, receiver } = sides
  const owed = BACKLOG_MESSAGES * ENDPOINTS
  const rates = { bare: Array<number>(), product: Array<number>() }
  let [storing, sending]: Array<Spent> = []
  for (let round = 0; round < ROUNDS; round++) {
    progress(`a backlog, round ${round + 1} of ${ROUNDS}`)
    rates.bare.push(decodeNumber(await bare.ask({ do: "post", receiver: receiver.url, bodies, times: BARE_TIMES })))
    await receiver.take()
    await product.ask({ do: "rest" })
    const before = spent(sides)
    await product.ask({ do: "fill", messages: BACKLOG_MESSAGES })
    storing = spentSince(sides, before, BACKLOG_MESSAGES)
    const stored = spent(sides)
    await product.ask({ do: "run" })
    const arrivals = await receiver.takeUntil(owed)
    sending = spentSince(sides, stored, owed)
    const distinct = new Set(arrivals.map(({ messageId, path }) => `${path} ${messageId}`))
    if (distinct.size !== owed) errors.push(`${distinct.size} of ${owed} deliveries came in`)
    rates.product.push(ratePerSecond(arrivals))
  }
  if (storing === undefined || sending === undefined) throw new Error("there was no round")
  return { bare: median(rates.bare), product: median(rates.product), storing, sending }
}

/** Deliveries a second while those who store the messages take their share of the machine. */
export const sustained = async ({ errors, product, receiver }: Sides, seconds: number): Promise<number> => {
  progress("storing and sending at once")
  await receiver.take()
  const owed = decodeNumber(await product.ask({ do: "sustain", seconds })) * ENDPOINTS
  const arrivals = await receiver.takeUntil(owed)
  if (arrivals.length < owed) errors.push(`${arrivals.length} of ${owed} deliveries came in`)
  return ratePerSecond(arrivals)
}
