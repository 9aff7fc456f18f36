import type { Agent, AgentModel, ModelEndpoint, ModelPrices } from "@butler/domain"
import type { OperatorModel } from "./modelConfig.ts"
import { PROVIDER_URLS } from "./modelProvider.ts"

export interface ChosenModel {
  readonly endpoint: ModelEndpoint
  readonly temperature: number | null
  readonly prices: ModelPrices | null
}

const withoutSlash = (url: string): string => url.replace(/\/$/u, "")

/** Whether a URL is the operator's own endpoint, which may stand where other URLs may not lead. */
export const isOperatorUrl = (url: string, operator: OperatorModel | null): boolean =>
  operator !== null && withoutSlash(url) === withoutSlash(operator.url)

const own = (model: AgentModel, operator: OperatorModel | null, usual: number | null): ChosenModel => {
  const { apiKey = null, prices = null, provider = "openai-compatible", temperature = usual } = model
  const url = model.url ?? PROVIDER_URLS[provider] ?? ""
  const chosenBy = isOperatorUrl(url, operator) ? "operator" : "workspace"
  return { endpoint: { provider, url, model: model.model, apiKey, chosenBy }, temperature, prices }
}

/** Where an agent's own model is reached, and as whom. */
export const endpointOf = (model: AgentModel, operator: OperatorModel | null): ModelEndpoint =>
  own(model, operator, null).endpoint

const operators = (operator: OperatorModel, temperature: number | null): ChosenModel => ({
  endpoint: { ...operator, provider: "openai-compatible", chosenBy: "operator" },
  temperature,
  prices: null
})

/**
 * The models that may answer for an agent, the first one first: its own, else the operator's, and its fallback; none, if it has
 * neither. The operator's key goes to the operator's endpoint only, so an agent with a model of its own brings its own key.
 */
export const chooseModels = ({ settings = {} }: Agent, operator: OperatorModel | null): ReadonlyArray<ChosenModel> => {
  const { fallbackModel, model, temperature = null } = settings
  const all = [model, fallbackModel].map((chosen) => chosen && own(chosen, operator, temperature))
  if (model === undefined && operator !== null) all.unshift(operators(operator, temperature))
  return all.filter((chosen) => chosen !== undefined)
}
