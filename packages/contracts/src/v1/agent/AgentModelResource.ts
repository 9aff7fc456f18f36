import { ModelPrices, ModelProvider } from "@butler/domain"
import { Schema } from "effect"
import { between } from "../../fields/numbers.ts"
import { pattern } from "../../fields/pattern.ts"
import { text } from "../../fields/text.ts"
import { optional } from "../../fields/unset.ts"
import { webUrl } from "../../fields/webUrl.ts"

export const temperature = between(0, 2)

const TEMPERATURE =
  "How freely the model chooses its words; without it the agent's `temperature`, else the model's own."
const PRICES = "What a million tokens cost, so that `cost` is counted, in a currency of your choice."
const PROVIDER = "Whose protocol it speaks; `openai` and `anthropic` need no `url`."

/** An agent's own model as it is shown: of its key only whether there is one. */
export const AgentModelResource = Schema.Struct({
  provider: ModelProvider.annotate({ description: PROVIDER }),
  url: Schema.NullOr(Schema.String).annotate({ description: "Null: the provider's own." }),
  model: Schema.String,
  temperature: Schema.NullOr(Schema.Finite),
  prices: Schema.NullOr(ModelPrices).annotate({ description: PRICES }),
  hasKey: Schema.Boolean.annotate({ description: "Whether a key is stored. The key itself is never shown." }),
  keyUnreadable: Schema.Boolean.annotate({
    description:
      "Whether the stored key was encrypted with an encryption key that this server does not have: turns fail with `model_failed` until it is set once more."
  })
}).annotate({ identifier: "AgentModel" })
export type AgentModelResource = typeof AgentModelResource.Type

/** What an HTTP header can carry. */
const key = pattern(/^[\x21-\x7e]+$/, 4096, "printable ASCII without spaces", { format: "password" })

const price = between(0, 1_000_000)

/** A model in the place of the one there is. */
export const AgentModelChange = Schema.Struct({
  provider: optional(ModelProvider, { description: `${PROVIDER} \`openai-compatible\` without it.` }),
  url: optional(webUrl(2048), {
    description:
      "The base URL, such as `https://api.openai.com/v1`; of an OpenAI-compatible model the call goes to `<url>/chat/completions`. It must lead to the public internet."
  }),
  model: text(1, 256, {
    description:
      "The model's name, in the endpoint's words. Refused where the endpoint lists its models (`<url>/models`) and has none of the name.",
    examples: ["gpt-4o-mini"]
  }),
  key: Schema.optionalKey(
    Schema.NullOr(key).annotate({
      description:
        "Written, never shown. Without it the stored one stays as long as the URL keeps protocol, host and port. Null takes it away."
    })
  ),
  temperature: optional(temperature, { description: TEMPERATURE }),
  prices: optional(Schema.Struct({ inputPerMillion: price, outputPerMillion: price }), { description: PRICES })
})
  .annotate({ identifier: "AgentModelChange" })
  .check(
    Schema.makeFilter(
      ({ provider = "openai-compatible", url }: { readonly provider?: ModelProvider; readonly url?: string }) =>
        provider === "openai-compatible" && url === undefined ? { path: ["url"], issue: "is required" } : undefined
    )
  )
export type AgentModelChange = typeof AgentModelChange.Type
