import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { AgentParams } from "./AgentResource.ts"
import { AgentToolsResource, IdentityKeySet, WorkspaceParams } from "./AgentToolsResource.ts"
import { commonProblems, native, problems } from "./native.ts"

const ofAgent = [...commonProblems, "agent_not_found"] as const
const ofKeys = ["invalid_request", "internal", "unavailable"] as const

const checkTools = HttpApiEndpoint.post("checkAgentTools", "/v1/agents/:agentId/tools/check", {
  params: AgentParams,
  success: AgentToolsResource,
  error: problems(ofAgent)
}).annotateMerge(
  native({
    operationId: "checkAgentTools",
    summary: "Check an agent's tools",
    description:
      "Asks each of the agent's servers for its tools now, as its draft has them, and shows what the agent may call: servers that give none with the reason, tools that cannot be used with what is wrong with them. Needs the scope `agents:read`.",
    errors: ofAgent
  })
)

/** What agents may call. */
export const agentToolsGroup = HttpApiGroup.make("agentTools")
  .add(checkTools)
  .middleware(Authorization)
  .annotateMerge(
    OpenApi.annotations({ title: "Tools", description: "What agents may call, over MCP and within Butler." })
  )

const getIdentityKeys = HttpApiEndpoint.get("getIdentityKeys", "/v1/workspaces/:workspaceId/jwks.json", {
  params: WorkspaceParams,
  success: IdentityKeySet,
  error: problems(ofKeys)
}).annotateMerge(
  native({
    operationId: "getIdentityKeys",
    summary: "Keys of identity claims",
    description:
      "A tool is called with a JSON Web Token that says for whom, in the header `x-butler-identity` and in `_meta` under `butler/identity`. It is verified with these keys (EdDSA): issuer `butler`, audience the URL that the server has in the agent's settings (`stdio:<command>` for a program), subject the contact's id, beside it `userId` where the contact has one, `dialogId`, `turnId`, `agentId` and `workspaceId`; good for 5 minutes. No key is needed to read them. A workspace that does not exist has none.",
    errors: ofKeys
  })
)

/** For servers of tools; no key is needed. */
export const identityGroup = HttpApiGroup.make("identity")
  .add(getIdentityKeys)
  .annotateMerge(
    OpenApi.annotations({ title: "Identity", description: "How servers of tools know for whom they are called." })
  )
