import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { ApiKeyList, ApiKeyParams, CreatedApiKey, NewApiKey } from "./ApiKeyResource.ts"
import { bodyProblems, commonProblems, native, problems } from "./native.ts"
import {
  CreatedWorkspace,
  ModelUseResource,
  NewWorkspace,
  WorkspaceChangeRequest,
  WorkspaceList,
  WorkspaceResource
} from "./WorkspaceResource.ts"

const ofNewKey = [...bodyProblems, "agent_not_found"] as const
const ofWorkspaceChange = [...bodyProblems, "agent_not_found"] as const
const ofApiKey = [...commonProblems, "api_key_not_found"] as const

const createApiKey = HttpApiEndpoint.post("createApiKey", "/v1/api-keys", {
  payload: NewApiKey,
  success: CreatedApiKey.pipe(HttpApiSchema.status(201)),
  error: problems(ofNewKey)
}).annotateMerge(
  native({
    operationId: "createApiKey",
    summary: "Create an API key",
    description:
      "The answer holds the key itself, this once. A key grants only scopes it has, else 403 `forbidden`. Needs the scope `api-keys:write`.",
    errors: ofNewKey,
    request: { reader: { summary: "A key that only reads", value: { name: "reporting", scopes: ["dialogs:read"] } } }
  })
)

const listApiKeys = HttpApiEndpoint.get("listApiKeys", "/v1/api-keys", {
  success: ApiKeyList,
  error: problems(commonProblems)
}).annotateMerge(
  native({
    operationId: "listApiKeys",
    summary: "List API keys",
    description:
      "Newest first, revoked and expired ones too, all at once: `nextCursor` is null. Needs the scope `api-keys:write`.",
    errors: commonProblems
  })
)

const revokeApiKey = HttpApiEndpoint.delete("revokeApiKey", "/v1/api-keys/:id", {
  params: ApiKeyParams,
  success: HttpApiSchema.NoContent.annotate({ description: "The key is revoked." }),
  error: problems(ofApiKey)
}).annotateMerge(
  native({
    operationId: "revokeApiKey",
    summary: "Revoke an API key",
    description: "It stops working at once. Revoking twice is no error. Needs the scope `api-keys:write`.",
    errors: ofApiKey
  })
)

const createWorkspace = HttpApiEndpoint.post("createWorkspace", "/v1/workspaces", {
  payload: NewWorkspace,
  success: CreatedWorkspace.pipe(HttpApiSchema.status(201)),
  error: problems(bodyProblems)
}).annotateMerge(
  native({
    operationId: "createWorkspace",
    summary: "Create a workspace with its first API key",
    description:
      "The key has every scope but `workspaces:write` and is shown this once. Needs the scope `workspaces:write`.",
    errors: bodyProblems,
    request: { workspace: { summary: "A workspace", value: { name: "Acme" } } }
  })
)

const listWorkspaces = HttpApiEndpoint.get("listWorkspaces", "/v1/workspaces", {
  success: WorkspaceList,
  error: problems(commonProblems)
}).annotateMerge(
  native({
    operationId: "listWorkspaces",
    summary: "List workspaces",
    description: "Oldest first, all at once: `nextCursor` is null. Needs the scope `workspaces:write`.",
    errors: commonProblems
  })
)

const getWorkspace = HttpApiEndpoint.get("getWorkspace", "/v1/workspace", {
  success: WorkspaceResource,
  error: problems(commonProblems)
}).annotateMerge(
  native({
    operationId: "getWorkspace",
    summary: "Get the workspace of the key",
    description: "Any valid key may ask.",
    errors: commonProblems
  })
)

const changeWorkspace = HttpApiEndpoint.patch("changeWorkspace", "/v1/workspace", {
  payload: WorkspaceChangeRequest,
  success: WorkspaceResource,
  error: problems(ofWorkspaceChange)
}).annotateMerge(
  native({
    operationId: "changeWorkspace",
    summary: "Change the workspace of the key",
    description:
      "Its name, which agent answers where no other is named, and what its models may use in a month: turns accepted from then on are held to it. Needs the scope `agents:write`.",
    errors: ofWorkspaceChange,
    request: {
      agent: { summary: "Another default agent", value: { defaultAgentId: "51901704862228480" } },
      budget: { summary: "A million tokens a month", value: { modelBudget: { tokens: 1_000_000 } } }
    }
  })
)

const getModelUse = HttpApiEndpoint.get("getModelUse", "/v1/workspace/model-use", {
  success: ModelUseResource,
  error: problems(commonProblems)
}).annotateMerge(
  native({
    operationId: "getModelUse",
    summary: "Get what the workspace's models were asked this month",
    description:
      "Of turns that have ended; tokens of models that do not count them are estimated. Needs the scope `agents:read`.",
    errors: commonProblems
  })
)

/** Keys and workspaces. */
export const accessGroup = HttpApiGroup.make("access")
  .add(
    createApiKey,
    listApiKeys,
    revokeApiKey,
    createWorkspace,
    listWorkspaces,
    getWorkspace,
    changeWorkspace,
    getModelUse
  )
  .middleware(Authorization)
  .annotateMerge(OpenApi.annotations({ title: "Access", description: "Workspaces and the keys to them." }))
