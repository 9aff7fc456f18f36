import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { ChatbotParams, PageQuery, PersonaParams } from "./fields.ts"
import { NewPersona, PersonaChange } from "./prompts.ts"
import { sitegptReplies } from "./replies.ts"
import { ofChatbot, refusals, sitegpt } from "./sitegpt.ts"

const PERSONAS = "/api/v0/chatbots/:chatbotId/settings/personas"
const ofPersona = [...ofChatbot, "persona_not_found"] as const

const fetchPersonas = HttpApiEndpoint.get("fetchPersonas", PERSONAS, {
  params: ChatbotParams,
  query: PageQuery,
  success: sitegptReplies.fetchPersonas,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "fetchPersonas",
    summary: "List personas",
    description: "Needs the scope `agents:read`.",
    errors: ofChatbot
  })
)

const addPersona = HttpApiEndpoint.post("addPersona", PERSONAS, {
  params: ChatbotParams,
  payload: NewPersona,
  success: sitegptReplies.addPersona,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "addPersona",
    summary: "Add a persona",
    description: "A chatbot has at most 100. It does nothing until it is assigned. Needs the scope `agents:write`.",
    errors: ofChatbot,
    request: {
      one: {
        summary: "A persona",
        value: { title: "Ada", description: "A friendly engineer", instructions: "You are Ada, an engineer." }
      }
    }
  })
)

const fetchPersona = HttpApiEndpoint.get("fetchPersona", `${PERSONAS}/:personaId`, {
  params: PersonaParams,
  success: sitegptReplies.fetchPersona,
  error: refusals(ofPersona)
}).annotateMerge(
  sitegpt({
    operationId: "fetchPersona",
    summary: "Get a persona",
    description: "Needs the scope `agents:read`.",
    errors: ofPersona
  })
)

const updatePersona = HttpApiEndpoint.patch("updatePersona", `${PERSONAS}/:personaId`, {
  params: PersonaParams,
  payload: PersonaChange,
  success: sitegptReplies.updatePersona,
  error: refusals(ofPersona)
}).annotateMerge(
  sitegpt({
    operationId: "updatePersona",
    summary: "Change a persona",
    description:
      "What is not sent stays. Once assigned, the agent answers by it at once. Needs the scope `agents:write`.",
    errors: ofPersona,
    request: { one: { summary: "Other instructions", value: { instructions: "Answer in one sentence." } } }
  })
)

const deletePersona = HttpApiEndpoint.delete("deletePersona", `${PERSONAS}/:personaId`, {
  params: PersonaParams,
  success: sitegptReplies.deletePersona,
  error: refusals(ofPersona)
}).annotateMerge(
  sitegpt({
    operationId: "deletePersona",
    summary: "Delete a persona",
    description: "If it was assigned, it no longer is. Needs the scope `agents:write`.",
    errors: ofPersona
  })
)

const assignPersona = HttpApiEndpoint.post("assignPersona", `${PERSONAS}/:personaId/assign`, {
  params: PersonaParams,
  success: sitegptReplies.assignPersona,
  error: refusals(ofPersona)
}).annotateMerge(
  sitegpt({
    operationId: "assignPersona",
    summary: "Assign a persona",
    description:
      "From then on the agent answers by it; one that was assigned before no longer is. Needs the scope `agents:write`.",
    errors: ofPersona
  })
)

/** Characters to assign. */
export const personasGroup = HttpApiGroup.make("sitegptPersonas")
  .add(fetchPersonas, addPersona, fetchPersona, updatePersona, deletePersona, assignPersona)
  .middleware(Authorization)
  .annotateMerge(OpenApi.annotations({ title: "SiteGPT: personas", description: "Characters to assign." }))
