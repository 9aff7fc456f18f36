import { createOpenAICompatible } from "@ai-sdk/openai-compatible"
import { LanguageModel, type ModelCall, type ModelEvent, type ModelFailed } from "@butler/domain"
import { streamText } from "ai"
import { Clock, Effect, Layer, Redacted, Stream } from "effect"
import { Agent } from "undici"
import type { LanguageModelOptions } from "./LanguageModelOptions.ts"
import { modelFailure, NOT_DIALLED, STOPPED_HALF_WAY } from "./modelFailure.ts"
import { modelFetch } from "./modelFetch.ts"

type Fetch = typeof globalThis.fetch
type Part = ReturnType<typeof streamText>["fullStream"] extends AsyncIterable<infer P> ? P : never

const REASONS: Readonly<Record<string, "stop" | "length">> = { stop: "stop", length: "length" }

/** The part as an event. Throws the endpoint's error; a part that says nothing to us has none. */
const eventOf = (part: Part): ModelEvent | undefined => {
  if (part.type === "text-delta") return part.text === "" ? undefined : { _tag: "Delta", text: part.text }
  if (part.type === "error") throw part.error
  if (part.type !== "finish") return undefined
  if (part.finishReason === "error") throw STOPPED_HALF_WAY
  const { inputTokens = null, outputTokens = null } = part.totalUsage
  return { _tag: "Finished", reason: REASONS[part.finishReason] ?? "other", usage: { inputTokens, outputTokens } }
}

const request = ({ endpoint, messages, temperature }: ModelCall, fetch: Fetch, signal: AbortSignal) => {
  const provider = createOpenAICompatible({
    name: "butler",
    baseURL: endpoint.url,
    includeUsage: true,
    fetch,
    ...(endpoint.apiKey !== null && { apiKey: Redacted.value(endpoint.apiKey) })
  })
  return streamText({
    model: provider.chatModel(endpoint.model),
    instructions: messages
      .filter(({ role }) => role === "system")
      .map(({ content }) => content)
      .join("\n\n"),
    messages: messages.flatMap(({ content, role }) => (role === "system" ? [] : [{ role, content }])),
    ...(temperature !== null && { temperature }),
    maxRetries: 0,
    telemetry: { isEnabled: false },
    abortSignal: signal,
    // Errors come as parts too; by default they are printed as well.
    onError: () => undefined
  })
}

const events = async function* (call: ModelCall, fetch: Fetch, signal: AbortSignal): AsyncGenerator<ModelEvent> {
  for await (const part of request(call, fetch, signal).fullStream) {
    const event = eventOf(part)
    if (event !== undefined) yield event
  }
}

/** Any OpenAI-compatible endpoint, through the AI SDK: one request a call, to the given URL and nowhere else. */
export const LanguageModelAiSdk = ({
  connectMs = 5_000,
  guarded
}: LanguageModelOptions = {}): Layer.Layer<LanguageModel> =>
  Layer.effect(
    LanguageModel,
    Effect.gen(function* () {
      const own = yield* Effect.acquireRelease(
        Effect.sync(() => new Agent({ connect: { timeout: connectMs }, headersTimeout: 0, bodyTimeout: 0 })),
        (agent) => Effect.promise(() => agent.destroy())
      )
      const clock = yield* Clock.Clock
      const fetches = { operator: modelFetch(own), workspace: guarded && modelFetch(guarded) }
      const failure = (error: unknown): ModelFailed => modelFailure(error, clock.currentTimeMillisUnsafe())
      return LanguageModel.of({
        stream: (call) => {
          const fetch = fetches[call.endpoint.chosenBy]
          if (fetch === undefined) return Stream.fail(NOT_DIALLED)
          const hangUp = Effect.acquireRelease(
            Effect.sync(() => new AbortController()),
            (controller) => Effect.sync(() => controller.abort())
          )
          return Stream.unwrap(
            Effect.map(hangUp, ({ signal }) => Stream.fromAsyncIterable(events(call, fetch, signal), failure))
          )
        }
      })
    })
  )
