import { AnswererLayer, type AnswererNeeds as AgentNeeds, Suggestions, type SuggestionsNeeds } from "@butler/agent"
import type { Answerer } from "@butler/domain"
import { Egress } from "@butler/webhooks/egress"
import { Effect, Layer } from "effect"
import type { RuntimeConfig } from "./config/RuntimeConfig.ts"

/** What an answerer may use. */
export type AnswererNeeds = AgentNeeds | Egress

/** The agent that answers: with a model where there is one, else from the knowledge alone. */
export const answererLayer = ({ model }: Pick<RuntimeConfig, "model">): Layer.Layer<Answerer, never, AnswererNeeds> =>
  Layer.unwrap(Effect.map(Egress, ({ dispatcher }) => AnswererLayer({ operator: model, guarded: dispatcher })))

/** What offers questions to go on with, by the same models. */
export const suggestionsLayer = ({
  model
}: Pick<RuntimeConfig, "model">): Layer.Layer<Suggestions, never, Egress | SuggestionsNeeds> =>
  Layer.unwrap(Effect.map(Egress, ({ dispatcher }) => Suggestions.layer({ operator: model, guarded: dispatcher })))
