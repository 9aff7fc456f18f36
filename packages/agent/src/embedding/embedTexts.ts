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

/** One vector for each text. */
export const embedTexts = async (
  texts: ReadonlyArray<string>,
  { endpoint: { apiKey, model, url: baseURL }, fetch, retries, signal }: EmbedOptions
): Promise<ReadonlyArray<ReadonlyArray<number>>> => {
  const settings = { name: "butler", baseURL, fetch }
  const provider = createOpenAICompatible(apiKey === null ? settings : { ...settings, apiKey: Redacted.value(apiKey) })
  const { embeddings } = await embedMany({
    model: provider.embeddingModel(model),
    values: [...texts],
    maxRetries: retries,
    abortSignal: signal
  })
  return embeddings
}

/** Why it failed, in words that are safe to show. */
export const embedFailure = (error: unknown, now: number): string =>
  modelFailure(RetryError.isInstance(error) ? error.lastError : error, now).detail
