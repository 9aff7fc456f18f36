import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { AgentChangeRequest, AgentListQuery, AgentPage, AgentParams, AgentResource } from "./AgentResource.ts"
import { bodyProblems, commonProblems, native, problems } from "./native.ts"

const ofAgent = [...commonProblems, "agent_not_found"] as const
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
      "What is not sent stays; `instructions`, `model`, `model.key` and `knowledgeBaseIds` are taken away by null. Turns accepted from then on see the change. Needs the scope `agents:write`.",
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

/** Who answers, and with which model. */
export const agentsGroup = HttpApiGroup.make("agents")
  .add(listAgents, getAgent, changeAgent)
  .middleware(Authorization)
  .annotateMerge(OpenApi.annotations({ title: "Agents", description: "Who answers, and with which model." }))
