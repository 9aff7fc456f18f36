import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { agentId } from "../fields/ids.ts"
import { page, pageQuery } from "../fields/page.ts"
import { pattern } from "../fields/pattern.ts"
import { text } from "../fields/text.ts"
import { optional } from "../fields/unset.ts"
import { webUrl } from "../fields/webUrl.ts"
import { knowledgeBaseIds } from "./KnowledgeResource.ts"

const temperature = Schema.Finite.check(
  Schema.makeFilter((value: number) => (value >= 0 && value <= 2 ? undefined : "must be a number from 0 to 2"), {
    toJsonSchema: () => ({ minimum: 0, maximum: 2 })
  })
)

const TEMPERATURE = "How freely the model chooses its words; without it the model's own default."

/** An agent's own model as it is shown: of its key only whether there is one. */
export const AgentModelResource = Schema.Struct({
  url: Schema.NullOr(Schema.String).annotate({ description: "Null: the provider's own." }),
  model: Schema.String,
  temperature: Schema.NullOr(Schema.Finite),
  hasKey: Schema.Boolean.annotate({ description: "Whether a key is stored. The key itself is never shown." })
}).annotate({ identifier: "AgentModel", description: "Any OpenAI-compatible endpoint." })

export const AgentResource = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  version: Schema.Int.annotate({ description: "How often it was published." }),
  instructions: Schema.NullOr(Schema.String),
  model: Schema.NullOr(AgentModelResource).annotate({
    description: "Null: the server's own model answers, or none, from the knowledge alone."
  }),
  knowledgeBaseIds: Schema.NullOr(Schema.Array(Schema.Int)).annotate({
    description: "What it may draw on. Null: the default knowledge base."
  })
}).annotate({ identifier: "Agent", description: "Who answers." })
export type AgentResource = typeof AgentResource.Type

export const AgentPage = page("AgentPage", AgentResource)
export type AgentPage = typeof AgentPage.Type

export const AgentListQuery = Schema.Struct(pageQuery)
export type AgentListQuery = typeof AgentListQuery.Type
export const decodeAgentListQuery = decoder(AgentListQuery)

/** What an HTTP header can carry. */
const key = pattern(/^[\x21-\x7e]+$/, 4096, "printable ASCII without spaces", { format: "password" })

const ModelChange = Schema.Struct({
  url: webUrl(2048).annotate({
    description: "The base URL; the call goes to `<url>/chat/completions`. It must lead to the public internet.",
    examples: ["https://api.openai.com/v1"]
  }),
  model: text(1, 256, { description: "The model's name, in the endpoint's words.", examples: ["gpt-4o-mini"] }),
  key: Schema.optionalKey(
    Schema.NullOr(key).annotate({
      description:
        "Sent as bearer token; written, never shown. Without it the stored one stays as long as the URL keeps protocol, host and port. Null takes it away."
    })
  ),
  temperature: optional(temperature, { description: TEMPERATURE })
}).annotate({ identifier: "AgentModelChange" })

/** A change: what is not sent stays; where null is allowed it takes away. */
export const AgentChangeRequest = Schema.Struct({
  name: optional(text(1, 128), { description: "As logs show it." }),
  instructions: Schema.optionalKey(
    Schema.NullOr(text(1, 16_000)).annotate({
      description: "What the model is told to be and do, in place of the default; null goes back to it."
    })
  ),
  model: Schema.optionalKey(
    Schema.NullOr(ModelChange).annotate({ description: "A model of the agent's own; null goes back to the server's." })
  ),
  knowledgeBaseIds: Schema.optionalKey(
    Schema.NullOr(knowledgeBaseIds).annotate({
      description: "What it may draw on, together as if they were one; null goes back to the default knowledge base."
    })
  )
}).annotate({ identifier: "AgentChange" })
export type AgentChangeRequest = typeof AgentChangeRequest.Type
export const decodeAgentChange = decoder(AgentChangeRequest)

export const AgentParams = Schema.Struct({ agentId })
export const decodeAgentParams = decoder(AgentParams)
