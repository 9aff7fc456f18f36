import { Schema } from "effect"

const titled = { id: Schema.String, title: Schema.String, description: Schema.String }
const linked = { ...titled, link: Schema.NullOr(Schema.String) }

export const QuickPromptResource = Schema.Struct(linked).annotate({
  identifier: "SitegptQuickPrompt",
  description: "A conversation starter."
})

export const FollowUpPromptResource = Schema.Struct({ ...linked, isEscalationPrompt: Schema.Boolean }).annotate({
  identifier: "SitegptFollowUpPrompt",
  description: "A next step offered behind an answer."
})

export const PromptResource = Schema.Struct({
  ...titled,
  instructions: Schema.String,
  temperature: Schema.Finite
}).annotate({ identifier: "SitegptPrompt", description: "Instructions that can be assigned." })

export const PersonaResource = Schema.Struct({ ...titled, instructions: Schema.String }).annotate({
  identifier: "SitegptPersona",
  description: "A character that can be assigned."
})

/** An agent as a chatbot. */
export const ChatbotResource = Schema.Struct({
  id: Schema.String,
  title: Schema.String,
  description: Schema.String,
  createdById: Schema.String.annotate({ description: "The workspace; on white-label workspaces the user's id." }),
  createdByEmail: Schema.String.annotate({ description: "The white-label user's; else empty." }),
  suggestions: Schema.Array(QuickPromptResource).annotate({ description: "The quick prompts." }),
  nextSuggestions: Schema.Array(FollowUpPromptResource).annotate({ description: "The follow-up prompts." }),
  prompts: Schema.Array(PromptResource),
  settings: Schema.Record(Schema.String, Schema.Json).annotate({
    description:
      "`mode`, the defaults of the appearance, and every setting that was set, under the names of the calls that set them. Beside the id of a picture, such as `iconSrcId`, stands its address, `iconSrcUrl`. `webhookToken` is never shown."
  })
}).annotate({ identifier: "Chatbot", description: "An agent as visitors of a website meet it." })
export type ChatbotResource = typeof ChatbotResource.Type
