import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { AgentParams, AgentResource } from "./AgentResource.ts"
import {
  AgentDraftResource,
  AgentPublication,
  AgentRollback,
  AgentVersionListQuery,
  AgentVersionPage,
  AgentVersionParams,
  AgentVersionResource
} from "./AgentVersionResource.ts"
import { AgentChangeRequest } from "./agent/AgentChangeRequest.ts"
import { bodyProblems, commonProblems, native, problems } from "./native.ts"

const ofAgent = [...commonProblems, "agent_not_found"] as const
const ofVersion = [...ofAgent, "agent_version_not_found"] as const
const ofChange = [...bodyProblems, "agent_not_found", "knowledge_base_not_found"] as const
const ofPublication = [...bodyProblems, "agent_not_found"] as const
const ofRollback = [...ofPublication, "agent_version_not_found"] as const

const AGENT = "/v1/agents/:agentId"
const DRAFT = `${AGENT}/draft` as const
const VERSIONS = `${AGENT}/versions` as const

const getDraft = HttpApiEndpoint.get("getAgentDraft", DRAFT, {
  params: AgentParams,
  success: AgentDraftResource,
  error: problems(ofAgent)
}).annotateMerge(
  native({
    operationId: "getAgentDraft",
    summary: "Get an agent's draft",
    description: "The agent as it is published where nothing is drafted. Needs the scope `agents:read`.",
    errors: ofAgent
  })
)

const changeDraft = HttpApiEndpoint.patch("changeAgentDraft", DRAFT, {
  params: AgentParams,
  payload: AgentChangeRequest,
  success: AgentDraftResource,
  error: problems(ofChange)
}).annotateMerge(
  native({
    operationId: "changeAgentDraft",
    summary: "Change an agent's draft",
    description:
      "As an agent is changed, but no turn sees it until it is published, except for those that try the draft. Needs the scope `agents:write`.",
    errors: ofChange,
    request: { brief: { summary: "Other instructions", value: { instructions: "You see to returns. Be brief." } } }
  })
)

const discardDraft = HttpApiEndpoint.delete("discardAgentDraft", DRAFT, {
  params: AgentParams,
  success: HttpApiSchema.NoContent.annotate({ description: "Nothing is drafted." }),
  error: problems(ofAgent)
}).annotateMerge(
  native({
    operationId: "discardAgentDraft",
    summary: "Discard an agent's draft",
    description: "Doing it twice is no error. Needs the scope `agents:write`.",
    errors: ofAgent
  })
)

const publish = HttpApiEndpoint.post("publishAgent", `${AGENT}/publish`, {
  params: AgentParams,
  payload: AgentPublication,
  success: AgentResource,
  error: problems(ofPublication)
}).annotateMerge(
  native({
    operationId: "publishAgent",
    summary: "Publish an agent's draft",
    description:
      "Turns accepted from then on see it. Where nothing is drafted, or what is published already, nothing is published. Needs the scope `agents:write`.",
    errors: ofPublication,
    request: { note: { summary: "With a reason", value: { note: "Shorter answers" } } }
  })
)

const rollBack = HttpApiEndpoint.post("rollBackAgent", `${AGENT}/rollback`, {
  params: AgentParams,
  payload: AgentRollback,
  success: AgentResource,
  error: problems(ofRollback)
}).annotateMerge(
  native({
    operationId: "rollBackAgent",
    summary: "Publish an earlier version once more",
    description:
      "It becomes the newest version, with the credentials that are stored today for the same places. The draft stays as it is. Needs the scope `agents:write`.",
    errors: ofRollback,
    request: { first: { summary: "Back to the first", value: { version: 1 } } }
  })
)

const listVersions = HttpApiEndpoint.get("listAgentVersions", VERSIONS, {
  params: AgentParams,
  query: AgentVersionListQuery,
  success: AgentVersionPage,
  error: problems(ofAgent)
}).annotateMerge(
  native({
    operationId: "listAgentVersions",
    summary: "List what was published of an agent",
    description: "Newest first. Needs the scope `agents:read`.",
    errors: ofAgent
  })
)

const getVersion = HttpApiEndpoint.get("getAgentVersion", `${VERSIONS}/:version`, {
  params: AgentVersionParams,
  success: AgentVersionResource,
  error: problems(ofVersion)
}).annotateMerge(
  native({
    operationId: "getAgentVersion",
    summary: "Get what was published of an agent once",
    description: "Needs the scope `agents:read`.",
    errors: ofVersion
  })
)

/** Agents before and after they are published. */
export const agentVersionsGroup = HttpApiGroup.make("agentVersions")
  .add(getDraft, changeDraft, discardDraft, publish, rollBack, listVersions, getVersion)
  .middleware(Authorization)
  .annotateMerge(
    OpenApi.annotations({ title: "Agent versions", description: "What is drafted, published and rolled back." })
  )
