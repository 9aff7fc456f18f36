import {
  Database,
  ensureEventPartitions,
  forgetCheckpoints,
  forgetExpiredKeys,
  forgetExpiredTokens,
  forgetOldModelUse,
  mergeKnowledge,
  type SqlFailure
} from "@butler/persistence"
import { Effect, Layer, Schedule } from "effect"

const every = (pause: "1 minute" | "1 hour" | "1 day", what: string, task: Effect.Effect<void, SqlFailure, Database>) =>
  Effect.catchCause(task, (cause) => Effect.logWarning(`${what} failed`, cause)).pipe(
    Effect.schedule(Schedule.jittered(Schedule.spaced(pause))),
    Effect.forkScoped
  )

/** What a database needs done now and then; any number of processes may do it at once. */
export const maintenance: Layer.Layer<never, SqlFailure, Database> = Layer.effectDiscard(
  Effect.gen(function* () {
    yield* ensureEventPartitions
    yield* every("1 day", "making the partitions of the event log", ensureEventPartitions)
    yield* every("1 minute", "merging what was stored of late into the indexes of knowledge", mergeKnowledge)
    yield* every("1 hour", "removing expired idempotency keys", forgetExpiredKeys)
    yield* every("1 hour", "removing expired access tokens", forgetExpiredTokens)
    yield* every("1 hour", "removing checkpoints of turns that were stopped", forgetCheckpoints)
    yield* every("1 day", "removing what contacts' models used long ago", forgetOldModelUse)
  })
)
