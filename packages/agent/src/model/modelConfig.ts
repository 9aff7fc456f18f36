import { Config, Effect, Option, Redacted, Schema } from "effect"

/** The operator's model: it answers for every agent that has none of its own. */
export interface OperatorModel {
  readonly url: string
  readonly model: string
  readonly apiKey: Redacted.Redacted | null
}

const isWebUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/u.test(new URL(text).protocol)

const webUrl = Schema.String.check(
  Schema.makeFilter((text: string) => isWebUrl(text) || "must be an http or https URL")
)

/** The settings by themselves, for a process that names every wrong one. */
export const modelSettings = {
  url: Config.option(Config.schema(webUrl, "BUTLER_MODEL_URL")),
  model: Config.option(Config.NonEmptyString("BUTLER_MODEL")),
  apiKey: Config.option(Config.Redacted("BUTLER_MODEL_KEY"))
}

/** `BUTLER_MODEL_URL` and `BUTLER_MODEL` stand together: one without the other is a mistake, and none is no model. */
export const operatorModel = ({
  apiKey,
  model,
  url
}: {
  readonly url: Option.Option<string>
  readonly model: Option.Option<string>
  readonly apiKey: Option.Option<Redacted.Redacted>
}): OperatorModel | null | "incomplete" => {
  if (Option.isSome(url) && Option.isSome(model)) {
    return { url: url.value, model: model.value, apiKey: Option.getOrNull(apiKey) }
  }
  return Option.isNone(url) && Option.isNone(model) ? null : "incomplete"
}

/** The operator's settings of the model are not whole. */
export class ModelConfigIncomplete extends Schema.TaggedError<ModelConfigIncomplete>()("ModelConfigIncomplete", {}) {
  override get message(): string {
    return "BUTLER_MODEL_URL and BUTLER_MODEL must be set together"
  }
}

/** The operator's model from `BUTLER_MODEL_URL`, `BUTLER_MODEL` and `BUTLER_MODEL_KEY`; null where there is none. */
export const modelConfig = Effect.flatMap(Config.all(modelSettings), (settings) => {
  const found = operatorModel(settings)
  return found === "incomplete" ? Effect.fail(new ModelConfigIncomplete()) : Effect.succeed(found)
})
