import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { optional } from "../fields/unset.ts"
import {
  description,
  FollowUpPromptParams,
  instructions,
  link,
  PersonaParams,
  PromptParams,
  temperatureText,
  title
} from "./fields.ts"

const titled = { title, description }
const linkChange = Schema.optionalKey(Schema.NullOr(link))
const TITLE = { description: "As it is shown." }
const DESCRIPTION = { description: "What it is about, or what is sent for it." }
const INSTRUCTIONS = { description: "What the agent is told." }

export const NewQuickPrompt = Schema.Struct({ ...titled, link: linkChange }).annotate({ identifier: "NewQuickPrompt" })
export const decodeNewQuickPrompt = decoder(NewQuickPrompt)

export const QuickPromptChange = Schema.Struct({
  title: optional(title, TITLE),
  description: optional(description, DESCRIPTION),
  link: linkChange
}).annotate({ identifier: "QuickPromptChange" })
export const decodeQuickPromptChange = decoder(QuickPromptChange)

const isEscalationPrompt = optional(Schema.Boolean, { description: "Whether choosing it asks for a person." })

export const NewFollowUpPrompt = Schema.Struct({ ...NewQuickPrompt.fields, isEscalationPrompt }).annotate({
  identifier: "NewFollowUpPrompt"
})
export const decodeNewFollowUpPrompt = decoder(NewFollowUpPrompt)

export const FollowUpPromptChange = Schema.Struct({ ...QuickPromptChange.fields, isEscalationPrompt }).annotate({
  identifier: "FollowUpPromptChange"
})
export const decodeFollowUpPromptChange = decoder(FollowUpPromptChange)

export const NewPersona = Schema.Struct({ ...titled, instructions }).annotate({ identifier: "NewPersona" })
export const decodeNewPersona = decoder(NewPersona)

export const PersonaChange = Schema.Struct({
  title: optional(title, TITLE),
  description: optional(description, DESCRIPTION),
  instructions: optional(instructions, INSTRUCTIONS)
}).annotate({ identifier: "PersonaChange" })
export const decodePersonaChange = decoder(PersonaChange)

export const NewPrompt = Schema.Struct({ ...NewPersona.fields, temperature: temperatureText }).annotate({
  identifier: "NewPrompt"
})
export const decodeNewPrompt = decoder(NewPrompt)

export const PromptChange = Schema.Struct({
  ...PersonaChange.fields,
  temperature: optional(temperatureText, { description: "From 0 to 1." })
}).annotate({ identifier: "PromptChange" })
export const decodePromptChange = decoder(PromptChange)

export const decodePromptParams = decoder(PromptParams)
export const decodePersonaParams = decoder(PersonaParams)
export const decodeFollowUpPromptParams = decoder(FollowUpPromptParams)
