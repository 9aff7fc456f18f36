import type { DeliveryOutcome, DeliveryWork } from "@butler/domain"
import { Effect } from "effect"
import { makeDeliver } from "./deliver.ts"
import { makeSettler } from "./makeSettler.ts"

/**
 * After this a lane is given up and claimed anew, since what was read of its endpoint grows old: it may have been disabled,
 * or have another URL or secret. Far below any lease, so that a process that was stalled goes no further either.
 */
const FRESH_MS = 1_000

/** After a failure the lane waits, or its endpoint may have been disabled. */
const goesOn = (outcome: DeliveryOutcome): boolean =>
  outcome._tag === "Skipped" || (outcome._tag === "Attempted" && outcome.verdict === "delivered")

/** All deliveries of a lane go to one endpoint. */
const endpointOf = ({ run }: DeliveryWork) => {
  const target = run.find((due) => due !== null)?.target
  return target?._tag === "Endpoint" ? target.id : null
}

/**
 * Sends the deliveries of a leased lane one after the other, the next one as soon as the one before it has been delivered,
 * and stores what became of them. Answers whether lanes have more to do now.
 */
export const makeRunLane = Effect.fnUntraced(function* () {
  const settle = yield* makeSettler()
  const deliver = yield* makeDeliver()

  return Effect.fnUntraced(function* (work: DeliveryWork) {
    const lane = settle(work.lease, endpointOf(work))
    const until = performance.now() + FRESH_MS
    for (const [index, due] of work.run.entries()) {
      const outcome = yield* deliver(work.lease.workspaceId, due)
      const isLast = index === work.run.length - 1 || !goesOn(outcome) || performance.now() > until
      if (isLast) return yield* lane.end(outcome)
      lane.add(outcome)
    }
    return yield* Effect.die(`nothing was claimed with the lane ${work.lease.key}`)
  })
})
