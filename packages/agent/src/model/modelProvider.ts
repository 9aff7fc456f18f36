import type { LanguageModelV4 } from "@ai-sdk/provider"
import type { ModelEndpoint, ModelProvider } from "@butler/domain"
import { Redacted } from "effect"

type Fetch = typeof globalThis.fetch

/** Where the two providers with a name of their own are, unless an agent says otherwise. */
export const PROVIDER_URLS: Readonly<Partial<Record<ModelProvider, string>>> = {
  openai: "https://api.openai.com/v1",
  anthropic: "https://api.anthropic.com/v1"
}

/** Never undefined: without a key, or a URL, the SDK takes what it finds in the environment, and that is the operator's. */
const keyOf = ({ apiKey }: ModelEndpoint): string => (apiKey === null ? "" : Redacted.value(apiKey))

const load = async (endpoint: ModelEndpoint, fetch: Fetch): Promise<LanguageModelV4> => {
  const { apiKey, model, provider, url: baseURL } = endpoint
  switch (provider) {
    case "openai": {
      const { createOpenAI } = await import("@ai-sdk/openai")
      return createOpenAI({ baseURL, fetch, apiKey: keyOf(endpoint) }).chat(model)
    }
    case "anthropic": {
      const { createAnthropic } = await import("@ai-sdk/anthropic")
      return createAnthropic({ baseURL, fetch, apiKey: keyOf(endpoint) })(model)
    }
    case "openai-compatible": {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible")
      const settings = { name: "butler", baseURL, includeUsage: true, fetch }
      return createOpenAICompatible(apiKey === null ? settings : { ...settings, apiKey: keyOf(endpoint) }).chatModel(
        model
      )
    }
  }
}

/** Endpoints whose models are kept; the ones that were called longest ago give way. */
const KEPT = 100

/**
 * Endpoints as the AI SDK speaks to them; each provider is loaded when it is first called. A model is kept for the next call:
 * building one takes 0.2 ms, for the schemas of all that may come from it.
 */
export const makeModelProvider = (fetch: Fetch) => {
  const models = new Map<string, Promise<LanguageModelV4>>()
  return (endpoint: ModelEndpoint): Promise<LanguageModelV4> => {
    const { apiKey, model, provider, url } = endpoint
    const key = JSON.stringify([provider, url, model, apiKey === null ? null : keyOf(endpoint)])
    const found = models.get(key) ?? load(endpoint, fetch)
    models.delete(key)
    models.set(key, found)
    const [oldest] = models.keys()
    if (models.size > KEPT && oldest !== undefined) models.delete(oldest)
    return found
  }
}
