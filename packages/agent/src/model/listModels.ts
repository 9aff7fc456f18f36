import type { ModelEndpoint } from "@butler/domain"
import { Effect, Option, Redacted, Schema } from "effect"
import { Agent, type Dispatcher } from "undici"
import { modelFetch } from "./modelFetch.ts"

/** Whoever saves an agent waits for it. */
const WITHIN = "3 seconds"

/** Both providers' form, and that of most endpoints that speak like them. */
const decode = Schema.decodeUnknownOption(Schema.Struct({ data: Schema.Array(Schema.Struct({ id: Schema.String })) }))

const headersFor = ({ apiKey, provider }: ModelEndpoint): Readonly<Record<string, string>> => {
  const key = apiKey === null ? "" : Redacted.value(apiKey)
  if (provider === "anthropic") return { "x-api-key": key, "anthropic-version": "2023-06-01" }
  return key === "" ? {} : { authorization: `Bearer ${key}` }
}

const dialler = ({ chosenBy }: ModelEndpoint, guarded: Dispatcher) =>
  chosenBy === "workspace"
    ? Effect.succeed(guarded)
    : Effect.acquireRelease(
        Effect.sync(() => new Agent()),
        (own) => Effect.promise(() => own.destroy())
      )

/** The names of the models that an endpoint says it has; none where it does not say, for whatever reason. */
export const listModels = Effect.fn("Model.list")(function* (endpoint: ModelEndpoint, guarded: Dispatcher) {
  const fetch = modelFetch(yield* dialler(endpoint, guarded))
  const url = `${endpoint.url.replace(/\/$/u, "")}/models?limit=1000`
  const answer = yield* Effect.option(
    Effect.tryPromise(async (signal): Promise<unknown> => {
      const response = await fetch(url, { method: "GET", headers: headersFor(endpoint), signal })
      return response.ok ? await response.json() : null
    }).pipe(Effect.timeout(WITHIN))
  )
  const listed = Option.flatMap(answer, decode)
  return Option.isNone(listed) ? [] : listed.value.data.map(({ id }) => id)
}, Effect.scoped)

/**
 * Whether a name is of one of these models. Lists leave out what else a model is called by: its newest version (`-latest`, or no date),
 * a variant (`:free`), or its name without whose it is.
 */
export const isListed = (name: string, models: ReadonlyArray<string>): boolean => {
  const [base = name] = name.replace(/-latest$/u, "").split(":")
  return models.some((id) => id.startsWith(base) || id.slice(id.lastIndexOf("/") + 1).startsWith(base))
}
