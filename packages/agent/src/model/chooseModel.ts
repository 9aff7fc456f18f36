import type { Agent, ModelEndpoint } from "@butler/domain"
import type { OperatorModel } from "./modelConfig.ts"

export interface ChosenModel {
  readonly endpoint: ModelEndpoint
  readonly temperature: number | null
}

const withoutSlash = (url: string): string => url.replace(/\/$/u, "")

/** Whether a URL is the operator's own endpoint, which may stand where other URLs may not lead. */
export const isOperatorUrl = (url: string, operator: OperatorModel | null): boolean =>
  operator !== null && withoutSlash(url) === withoutSlash(operator.url)

/**
 * The model that answers for an agent: its own, else the operator's, else none. The operator's key goes to the operator's
 * endpoint only, so an agent with a model of its own brings its own key.
 */
export const chooseModel = (agent: Agent, operator: OperatorModel | null): ChosenModel | null => {
  const own = agent.settings?.model
  if (own !== undefined) {
    const chosenBy = isOperatorUrl(own.url, operator) ? "operator" : "workspace"
    const endpoint = { url: own.url, model: own.model, apiKey: own.apiKey ?? null, chosenBy } as const
    return { endpoint, temperature: own.temperature ?? null }
  }
  return operator === null ? null : { endpoint: { ...operator, chosenBy: "operator" }, temperature: null }
}
