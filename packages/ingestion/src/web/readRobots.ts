import { Effect } from "effect"
import { parseRobots } from "./parseRobots.ts"
import { ROBOT, Web } from "./Web.ts"

/** What is read of it, as RFC 9309 has it. */
const MAX_BYTES = 512_000

/** Nobody waits longer than this between pages, whatever a site asks for. */
const MAX_DELAY_MS = 10_000

export interface Robots {
  readonly allows: (url: string) => boolean
  readonly delayMs: number
}

const EVERYTHING: Robots = { allows: () => true, delayMs: 0 }

const rulesOf = (bytes: Uint8Array): Robots => {
  const { allows, crawlDelay } = parseRobots(new TextDecoder().decode(bytes), ROBOT)
  return { allows, delayMs: Math.min(crawlDelay * 1000, MAX_DELAY_MS) }
}

/** What a site asks of robots. One without such a file asks nothing; when it cannot be had, nothing may be read. */
export const readRobots = Effect.fn("readRobots")(function* (site: string) {
  const url = new URL("/robots.txt", site).href
  const answer = yield* Web.use((web) => web.fetch({ url, maxBytes: MAX_BYTES, allows: () => true })).pipe(
    Effect.catchIf(
      ({ code }) => code === "gone" || code === "http_error",
      () => Effect.succeed(null)
    )
  )
  return answer === null ? EVERYTHING : rulesOf(answer.bytes)
})
