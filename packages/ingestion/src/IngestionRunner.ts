import {
  Ids,
  Ingestion,
  KnowledgeSources,
  type LaneJob,
  makeLaneRunner,
  type SourceWork,
  TextAnalyzer
} from "@butler/domain"
import { Context, Effect, Layer } from "effect"
import { runSource } from "./ingest/runSource.ts"
import { sourceLeasesLost, sourcesRunning } from "./ingestionMetrics.ts"
import { Parser } from "./parse/Parser.ts"
import { Web } from "./web/Web.ts"

export interface IngestionRunnerOptions {
  /** Sources read at once. */
  readonly concurrency: number
  readonly leaseMs: number
  readonly heartbeatMs: number
  /** How long a shutdown waits for what runs. */
  readonly drainMs: number
}

type Needs = Ids | Ingestion | KnowledgeSources | Parser | TextAnalyzer | Web

/** Reads sources of knowledge as they become due. */
export class IngestionRunner extends Context.Service<
  IngestionRunner,
  {
    /** How many sources this process reads. */
    readonly size: Effect.Effect<number>
  }
>()("@butler/ingestion/IngestionRunner") {
  static readonly layer = (options: IngestionRunnerOptions): Layer.Layer<IngestionRunner, never, Needs> =>
    Layer.effect(IngestionRunner, make(options))
}

const make = Effect.fnUntraced(function* (options: IngestionRunnerOptions) {
  const ingestion = yield* Ingestion
  const context = yield* Effect.context<Needs>()
  const job: LaneJob<SourceWork, boolean, never> = {
    wakesOn: "ingestion",
    name: "source",
    idOf: ({ lease }) => `${lease.workspaceId}/${lease.key}`,
    leaseOf: ({ lease }) => lease,
    claim: ingestion.claim,
    heartbeat: ingestion.heartbeat,
    giveBack: (left) => Effect.forEach(left, ({ lease }) => ingestion.pause(lease), { discard: true }),
    run: (work) => Effect.provideContext(runSource(work), context),
    hasMore: (isLeft) => isLeft,
    lost: () => Effect.interrupt,
    running: sourcesRunning,
    leasesLost: sourceLeasesLost
  }
  const runner = yield* makeLaneRunner(job, { ...options, batch: options.concurrency })
  return IngestionRunner.of({ size: runner.size })
})
