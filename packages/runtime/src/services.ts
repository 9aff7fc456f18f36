import { type Suggestions, TextAnalyzerSnowball, type TurnRunner } from "@butler/agent"
import type { AgentTools, Answerer, Cipher } from "@butler/domain"
import { type Database, PersistenceLayer, type SqlFailure, WakeupsPostgres } from "@butler/persistence"
import type { McpServers, ToolIdentity } from "@butler/tools"
import { Egress } from "@butler/webhooks/egress"
import { Layer, Option } from "effect"
import { type AnswererNeeds, answererLayer, suggestionsLayer } from "./answerer.ts"
import type { RuntimeConfig } from "./config/RuntimeConfig.ts"
import { maintenance } from "./maintenance.ts"
import type { Readiness } from "./Readiness.ts"
import { ReadinessSql } from "./ReadinessSql.ts"
import { refinedKnowledge } from "./refinedKnowledge.ts"
import { deliveryRunner, ingestionRunner, turnRunner, type WorkerMode } from "./runners.ts"
import { toolsLayer } from "./tools.ts"

/** What every process is made of. */
export type RuntimeServices =
  | AgentTools
  | Egress
  | McpServers
  | Layer.Success<typeof PersistenceLayer>
  | Layer.Success<typeof TextAnalyzerSnowball>
  | Readiness
  | Suggestions
  | ToolIdentity
  | TurnRunner

export interface ServicesOptions {
  readonly worker: WorkerMode
  /** Takes the place of the agent. */
  readonly answerer?: Layer.Layer<Answerer, never, AnswererNeeds>
}

/** Processes on one PostgreSQL tell each other what there is to do; the embedded database has one alone. */
const wakeups = ({ databaseUrl }: RuntimeConfig): Layer.Layer<never> =>
  Option.match(databaseUrl, { onNone: () => Layer.empty, onSome: (url) => WakeupsPostgres.layer({ url }) })

/** Everything over a migrated database. */
export const runtimeServices = (
  config: RuntimeConfig,
  { answerer = answererLayer(config), worker }: ServicesOptions
): Layer.Layer<RuntimeServices, SqlFailure, Cipher | Database> => {
  // The entries were judged with the configuration.
  const egress = Layer.orDie(Egress.layer({ allow: config.egressAllow }))
  const background = worker === "off" ? Layer.empty : Layer.merge(deliveryRunner(config), ingestionRunner(config))
  return ReadinessSql.pipe(
    // Siblings are closed at the same time, so that each has the whole of the grace.
    Layer.provideMerge(Layer.mergeAll(turnRunner(config, worker), background, suggestionsLayer(config))),
    Layer.provide(answerer),
    Layer.provideMerge(toolsLayer(config)),
    Layer.provideMerge(refinedKnowledge(config, worker)),
    Layer.provideMerge(Layer.mergeAll(PersistenceLayer, TextAnalyzerSnowball, maintenance, egress)),
    Layer.provideMerge(wakeups(config))
  )
}
