import { TurnRunner } from "@butler/agent"
import type {
  Answerer,
  DeliveryQueue,
  Ids,
  Ingestion,
  KnowledgeSources,
  Replays,
  SigningSecrets,
  TextAnalyzer,
  TurnProgressLog,
  Turns
} from "@butler/domain"
import { IngestionRunner, Parser, Web } from "@butler/ingestion"
import { defaultDeliveryRunnerOptions, DeliveryRunner, Sender } from "@butler/webhooks"
import type { Egress } from "@butler/webhooks/egress"
import { Layer } from "effect"
import type { RuntimeConfig } from "./config/RuntimeConfig.ts"

/** `off`: only what this process's own callers lease is run; nothing is claimed, and nothing delivered. */
export type WorkerMode = "inline" | "off"

/** A lease is missed six times over before it runs out. */
const HEARTBEATS = 6

/** Fewer than there are for first attempts, of which a share comes back. */
const RETRY_SHARE = defaultDeliveryRunnerOptions.retryConcurrency / defaultDeliveryRunnerOptions.concurrency

type Terms = Pick<RuntimeConfig, "graceMs" | "leaseMs">

const termsOf = ({ graceMs, leaseMs }: Terms) => ({
  leaseMs,
  heartbeatMs: Math.floor(leaseMs / HEARTBEATS),
  drainMs: graceMs
})

/** What runs turns in this process. */
export const turnRunner = (
  config: Terms & Pick<RuntimeConfig, "turnConcurrency">,
  mode: WorkerMode
): Layer.Layer<TurnRunner, never, Answerer | Ids | TurnProgressLog | Turns> =>
  TurnRunner.layer({ ...termsOf(config), batch: 32, concurrency: mode === "off" ? 0 : config.turnConcurrency })

/** What sends callbacks and events from this process. */
export const deliveryRunner = (
  config: Terms & Pick<RuntimeConfig, "deliveryConcurrency">
): Layer.Layer<DeliveryRunner, never, DeliveryQueue | Egress | Ids | Replays | SigningSecrets> => {
  const concurrency = config.deliveryConcurrency
  const retryConcurrency = Math.ceil(concurrency * RETRY_SHARE)
  return Layer.provide(DeliveryRunner.layer({ ...termsOf(config), concurrency, retryConcurrency }), Sender.layer)
}

/** What reads sources of knowledge in this process. */
export const ingestionRunner = (
  config: Terms & Pick<RuntimeConfig, "ingestionConcurrency">
): Layer.Layer<IngestionRunner, never, Egress | Ids | Ingestion | KnowledgeSources | TextAnalyzer> => {
  const concurrency = config.ingestionConcurrency
  const reading = Layer.merge(Parser.layer({ concurrency }), Web.layer())
  // What is interrupted is read again from where it was: nobody need wait for it.
  return Layer.provide(IngestionRunner.layer({ ...termsOf(config), concurrency, drainMs: 0 }), reading)
}
