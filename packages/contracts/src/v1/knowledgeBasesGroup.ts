import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import {
  KnowledgeBaseInput,
  KnowledgeBaseList,
  KnowledgeBaseParams,
  KnowledgeBaseResource
} from "./KnowledgeBaseResource.ts"
import { bodyProblems, commonProblems, native, problems } from "./native.ts"

const ofBase = [...commonProblems, "knowledge_base_not_found"] as const
const ofChange = [...bodyProblems, "knowledge_base_not_found"] as const
const ofCreation = [...bodyProblems, "too_many_knowledge_bases"] as const
const ofDeletion = [...ofBase, "default_knowledge_base"] as const

const PATH = "/v1/knowledge/bases"
const ONE = `${PATH}/:knowledgeBaseId` as const
const request = { base: { summary: "A name", value: { name: "Returns and refunds" } } }

const create = HttpApiEndpoint.post("createKnowledgeBase", PATH, {
  payload: KnowledgeBaseInput,
  success: KnowledgeBaseResource.pipe(HttpApiSchema.status(201)),
  error: problems(ofCreation)
}).annotateMerge(
  native({
    operationId: "createKnowledgeBase",
    summary: "Make a knowledge base",
    description:
      "Agents see it once they are given it (`knowledgeBaseIds` of an agent). Needs the scope `knowledge:write`.",
    errors: ofCreation,
    request
  })
)

const list = HttpApiEndpoint.get("listKnowledgeBases", PATH, {
  success: KnowledgeBaseList,
  error: problems(commonProblems)
}).annotateMerge(
  native({
    operationId: "listKnowledgeBases",
    summary: "List knowledge bases",
    description: "Oldest first, all at once: `nextCursor` is null. Needs the scope `knowledge:read`.",
    errors: commonProblems
  })
)

const get = HttpApiEndpoint.get("getKnowledgeBase", ONE, {
  params: KnowledgeBaseParams,
  success: KnowledgeBaseResource,
  error: problems(ofBase)
}).annotateMerge(
  native({
    operationId: "getKnowledgeBase",
    summary: "Get a knowledge base",
    description: "Needs the scope `knowledge:read`.",
    errors: ofBase
  })
)

const rename = HttpApiEndpoint.patch("renameKnowledgeBase", ONE, {
  params: KnowledgeBaseParams,
  payload: KnowledgeBaseInput,
  success: KnowledgeBaseResource,
  error: problems(ofChange)
}).annotateMerge(
  native({
    operationId: "renameKnowledgeBase",
    summary: "Rename a knowledge base",
    description: "Needs the scope `knowledge:write`.",
    errors: ofChange,
    request
  })
)

const remove = HttpApiEndpoint.delete("deleteKnowledgeBase", ONE, {
  params: KnowledgeBaseParams,
  success: HttpApiSchema.NoContent.annotate({ description: "The knowledge base and all that was in it are gone." }),
  error: problems(ofDeletion)
}).annotateMerge(
  native({
    operationId: "deleteKnowledgeBase",
    summary: "Delete a knowledge base",
    description:
      "With all its documents and sources. Agents that were given it find nothing there any more. Needs the scope `knowledge:write`.",
    errors: ofDeletion
  })
)

/** The parts that a workspace's knowledge is divided into. */
export const knowledgeBasesGroup = HttpApiGroup.make("knowledge-bases")
  .add(create, list, get, rename, remove)
  .middleware(Authorization)
  .annotateMerge(
    OpenApi.annotations({ title: "Knowledge bases", description: "The parts that knowledge is divided into." })
  )
