import type { ModelEndpoint, ModelProvider } from "@butler/domain"
import type { LanguageModel } from "ai"
import { Redacted } from "effect"

type Fetch = typeof globalThis.fetch

/** Where the two providers with a name of their own are, unless an agent says otherwise. */
export const PROVIDER_URLS: Readonly<Partial<Record<ModelProvider, string>>> = {
  openai: "https://api.openai.com/v1",
  anthropic: "https://api.anthropic.com/v1"
}

/** Never undefined: without a key, or a URL, the SDK takes what it finds in the environment, and that is the operator's. */
const keyOf = ({ apiKey }: ModelEndpoint): string => (apiKey === null ? "" : Redacted.value(apiKey))

/** The endpoint as the AI SDK speaks to it; each provider is loaded when it is first called. */
export const modelProvider = async (endpoint: ModelEndpoint, fetch: Fetch): Promise<LanguageModel> => {
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
