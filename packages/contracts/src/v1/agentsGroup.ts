import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { AgentListQuery, AgentPage, AgentParams, AgentResource } from "./AgentResource.ts"
import { AgentChangeRequest, NewAgentRequest } from "./agent/AgentChangeRequest.ts"
import { AgentTurnRequest } from "./AgentVersionResource.ts"
import { bodyProblems, commonProblems, native, problems } from "./native.ts"
import { TurnResource } from "./TurnResource.ts"

const ofAgent = [...commonProblems, "agent_not_found"] as const
const ofCreation = [...bodyProblems, "chatbot_limit_reached", "knowledge_base_not_found"] as const
const ofRemoval = [...ofAgent, "agent_in_use"] as const
const ofTurn = [
  ...bodyProblems,
  "messages_limit_reached",
  "agent_not_found",
  "dialog_not_found",
  "dialog_contact_mismatch"
] as const
const ofChange = [...bodyProblems, "agent_not_found", "knowledge_base_not_found"] as const

const listAgents = HttpApiEndpoint.get("listAgents", "/v1/agents", {
  query: AgentListQuery,
  success: AgentPage,
  error: problems(commonProblems)
}).annotateMerge(
  native({
    operationId: "listAgents",
    summary: "List agents",
    description: "Oldest first. Needs the scope `agents:read`.",
    errors: commonProblems
  })
)

const getAgent = HttpApiEndpoint.get("getAgent", "/v1/agents/:agentId", {
  params: AgentParams,
  success: AgentResource,
  error: problems(ofAgent)
}).annotateMerge(
  native({
    operationId: "getAgent",
    summary: "Get an agent",
    description: "Needs the scope `agents:read`.",
    errors: ofAgent
  })
)

const changeAgent = HttpApiEndpoint.patch("changeAgent", "/v1/agents/:agentId", {
  params: AgentParams,
  payload: AgentChangeRequest,
  success: AgentResource,
  error: problems(ofChange)
}).annotateMerge(
  native({
    operationId: "changeAgent",
    summary: "Change an agent",
    description:
      "What is not sent stays, and null takes away. The change is published at once, and made in the draft as well where there is one. Turns accepted from then on see the change. Needs the scope `agents:write`.",
    errors: ofChange,
    request: {
      model: {
        summary: "A model of its own",
        value: {
          instructions: "You answer for a shop of outdoor gear. Be brief.",
          model: { url: "https://api.openai.com/v1", model: "gpt-4o-mini", key: "sk-0123456789" }
        }
      },
      none: { summary: "Back to the server's model", value: { model: null } }
    }
  })
)

const createAgent = HttpApiEndpoint.post("createAgent", "/v1/agents", {
  payload: NewAgentRequest,
  success: AgentResource.pipe(HttpApiSchema.status(201)),
  error: problems(ofCreation)
}).annotateMerge(
  native({
    operationId: "createAgent",
    summary: "Make an agent",
    description:
      "It answers the turns that name it: those of an API key that belongs to it, or all that name no other, once it is the workspace's default agent. Needs the scope `agents:write`.",
    errors: ofCreation,
    request: {
      returns: { summary: "An agent", value: { name: "Returns", instructions: "You see to returns. Be brief." } }
    }
  })
)

const removeAgent = HttpApiEndpoint.delete("removeAgent", "/v1/agents/:agentId", {
  params: AgentParams,
  success: HttpApiSchema.NoContent.annotate({ description: "The agent is removed." }),
  error: problems(ofRemoval)
}).annotateMerge(
  native({
    operationId: "removeAgent",
    summary: "Remove an agent",
    description:
      "Its dialogs and turns stay, and what waits for it is still answered. Refused with 409 `agent_in_use` while it is the workspace's default agent or an API key that works belongs to it. Needs the scope `agents:write`.",
    errors: ofRemoval
  })
)

const askAgent = HttpApiEndpoint.post("askAgent", "/v1/agents/:agentId/turns", {
  params: AgentParams,
  payload: AgentTurnRequest,
  success: TurnResource,
  error: problems(ofTurn)
}).annotateMerge(
  native({
    operationId: "askAgent",
    summary: "Send a message to an agent, or to its draft",
    description:
      "A turn like any other, except that this agent answers it; with `draft` as it is drafted, so that a change can be tried before it is published. Answers the turn once it has ended, or as it stands after `waitMs`. A key that belongs to an agent may name no other. Needs the scope `turns:write`, and `agents:read` for a draft.",
    errors: ofTurn,
    request: { draft: { summary: "A trial", value: { query: "Where is my order?", draft: true } } }
  })
)

/** Who answers, and with which model. */
export const agentsGroup = HttpApiGroup.make("agents")
  .add(listAgents, createAgent, getAgent, changeAgent, removeAgent, askAgent)
  .middleware(Authorization)
  .annotateMerge(OpenApi.annotations({ title: "Agents", description: "Who answers, and with which model." }))
