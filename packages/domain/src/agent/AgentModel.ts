import { Schema } from "effect"

/** Whose protocol a model speaks. */
export const ModelProvider = Schema.Literals(["openai-compatible", "openai", "anthropic"])
export type ModelProvider = typeof ModelProvider.Type

/** What a million tokens cost, in whatever currency the workspace counts. */
export const ModelPrices = Schema.Struct({ inputPerMillion: Schema.Finite, outputPerMillion: Schema.Finite })
export type ModelPrices = typeof ModelPrices.Type

/** A model of an agent's own, in place of the operator's. */
export const AgentModel = Schema.Struct({
  /** Without one: any OpenAI-compatible endpoint. */
  provider: Schema.optionalKey(ModelProvider),
  /** The base URL, such as `https://api.openai.com/v1`; the two providers with a name have one of their own. */
  url: Schema.optionalKey(Schema.String),
  model: Schema.String,
  apiKey: Schema.optionalKey(Schema.RedactedFromValue(Schema.String)),
  temperature: Schema.optionalKey(Schema.Finite),
  /** Without them, what a call costs is not known. */
  prices: Schema.optionalKey(ModelPrices)
}).check(
  Schema.makeFilter(
    ({ provider = "openai-compatible", url }) =>
      provider !== "openai-compatible" || url !== undefined || "an OpenAI-compatible model needs a url"
  )
)
export type AgentModel = typeof AgentModel.Type

/** The most that models may use; `cost` in the currency of the models' prices. */
export const ModelBudget = Schema.Struct({
  tokens: Schema.optionalKey(Schema.Finite),
  cost: Schema.optionalKey(Schema.Finite)
})
export type ModelBudget = typeof ModelBudget.Type
