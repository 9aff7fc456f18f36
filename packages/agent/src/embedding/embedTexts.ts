import { createOpenAICompatible } from "@ai-sdk/openai-compatible"
import { embedMany, RetryError } from "ai"
import { Redacted } from "effect"
import type { OperatorModel } from "../model/modelConfig.ts"
import { modelFailure } from "../model/modelFailure.ts"

export interface EmbedOptions {
  readonly endpoint: OperatorModel
  readonly fetch: typeof globalThis.fetch
  /** Further tries after the first, of what may pass. */
  readonly retries: number
  readonly signal: AbortSignal
}

export interface Embedded {
  /** One for each text. */
  readonly vectors: ReadonlyArray<ReadonlyArray<number>>
  /** As the endpoint counted them; null where it did not. */
  readonly tokens: number | null
}

/** What the texts mean. */
export const embedTexts = async (
  texts: ReadonlyArray<string>,
  { endpoint: { apiKey, model, url: baseURL }, fetch, retries, signal }: EmbedOptions
): Promise<Embedded> => {
  const settings = { name: "butler", baseURL, fetch }
  const provider = createOpenAICompatible(apiKey === null ? settings : { ...settings, apiKey: Redacted.value(apiKey) })
  const { embeddings, usage } = await embedMany({
    model: provider.embeddingModel(model),
    values: [...texts],
    maxRetries: retries,
    abortSignal: signal
  })
  return { vectors: embeddings, tokens: usage.tokens > 0 ? usage.tokens : null }
}

/** Why it failed, in words that are safe to show. */
export const embedFailure = (error: unknown, now: number): string =>
  modelFailure(RetryError.isInstance(error) ? error.lastError : error, now).detail
