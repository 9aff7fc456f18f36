import { ChunkVectors, Embeddings, EndpointCalls, ModelUses, useOf, type VectorWork } from "@butler/domain"
import { Effect, Layer, Option, Schedule } from "effect"

export interface VectorRunnerOptions {
  /** How long chunks without vectors may wait to be seen. */
  readonly pollMs?: number
  /** How long a knowledge base rests after the endpoint failed it. */
  readonly retryMs?: number
}

/** What endpoints take at once with ease. */
const BATCH = 64

/** Longer than a batch may take, its tries again included. */
const LEASE_MS = 120_000

/**
 * Gives chunks their vectors after they were stored, and new ones when the model changes. Any number of processes may do it at
 * once; what a dead one had taken is due again after its lease. What the endpoint used is the workspace's: it is in its month's use.
 */
export const VectorRunner = ({ pollMs = 2_000, retryMs = 30_000 }: VectorRunnerOptions = {}): Layer.Layer<
  never,
  never,
  ChunkVectors | Embeddings | ModelUses
> =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const [vectors, embeddings, uses] = [yield* ChunkVectors, yield* Embeddings, yield* ModelUses]

      const putOff = (work: VectorWork, detail: string) =>
        Effect.andThen(
          Effect.logWarning(`no vectors for knowledge base ${work.knowledgeBaseId}`, detail),
          vectors.putOff(work, retryMs)
        )

      const embed = (work: VectorWork) =>
        (work.chunks.length === 0 ? Effect.succeed([]) : embeddings.passages(work.chunks.map(({ text }) => text))).pipe(
          Effect.provideService(EndpointCalls, (step) => uses.record(work.workspaceId, null, useOf([step]))),
          Effect.flatMap((made) => vectors.store(work, made)),
          Effect.catchTag("EmbeddingsFailed", ({ detail }) => putOff(work, detail)),
          Effect.annotateLogs({ workspaceId: work.workspaceId })
        )

      const step = Effect.flatMap(
        vectors.claim(embeddings.model, { limit: BATCH, leaseMs: LEASE_MS }),
        Option.match({ onNone: () => Effect.succeed(false), onSome: (work) => Effect.as(embed(work), true) })
      )

      yield* step.pipe(
        Effect.repeat({ while: (more) => more }),
        Effect.catchDefect((defect) => Effect.logError("the vector runner could not reach its store", defect)),
        Effect.repeat(Schedule.jittered(Schedule.spaced(pollMs))),
        Effect.forkScoped
      )
    })
  )
