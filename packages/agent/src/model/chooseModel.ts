import type { Agent, AgentModel, ModelEndpoint } from "@butler/domain"
import type { OperatorModel } from "./modelConfig.ts"
import { PROVIDER_URLS } from "./modelProvider.ts"

export interface ChosenModel {
  readonly endpoint: ModelEndpoint
  readonly temperature: number | null
}

const withoutSlash = (url: string): string => url.replace(/\/$/u, "")

/** Whether a URL is the operator's own endpoint, which may stand where other URLs may not lead. */
export const isOperatorUrl = (url: string, operator: OperatorModel | null): boolean =>
  operator !== null && withoutSlash(url) === withoutSlash(operator.url)

const own = (model: AgentModel, operator: OperatorModel | null): ChosenModel => {
  const { apiKey = null, provider = "openai-compatible", temperature = null } = model
  const url = model.url ?? PROVIDER_URLS[provider] ?? ""
  const chosenBy = isOperatorUrl(url, operator) ? "operator" : "workspace"
  return { endpoint: { provider, url, model: model.model, apiKey, chosenBy }, temperature }
}

/**
 * The model that answers for an agent: its own, else the operator's, else none. The operator's key goes to the operator's
 * endpoint only, so an agent with a model of its own brings its own key.
 */
export const chooseModel = ({ settings }: Agent, operator: OperatorModel | null): ChosenModel | null => {
  const temperature = settings?.temperature ?? null
  if (settings?.model !== undefined)
    return own({ ...(temperature !== null && { temperature }), ...settings.model }, operator)
  if (operator === null) return null
  return { endpoint: { ...operator, provider: "openai-compatible", chosenBy: "operator" }, temperature }
}
