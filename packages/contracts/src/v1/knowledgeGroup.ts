import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import {
  DocumentListQuery,
  DocumentPageResource,
  DocumentParams,
  DocumentResource,
  DocumentSummaryResource,
  KnowledgeMatchesResource,
  KnowledgeSearch,
  NewDocument
} from "./KnowledgeResource.ts"
import { bodyProblems, commonProblems, native, problems } from "./native.ts"

const ofBase = [...bodyProblems, "knowledge_base_not_found"] as const
const ofDocument = [...commonProblems, "document_not_found"] as const

const createDocument = HttpApiEndpoint.post("createDocument", "/v1/knowledge/documents", {
  payload: NewDocument,
  success: DocumentSummaryResource.pipe(HttpApiSchema.status(201)),
  error: problems(ofBase)
}).annotateMerge(
  native({
    operationId: "createDocument",
    summary: "Add a document",
    description:
      "Running text or questions with their answers, exactly one of the two. It is found from the moment of the answer. Needs the scope `knowledge:write`.",
    errors: ofBase,
    request: {
      text: {
        summary: "Running text",
        value: {
          name: "退款政策说明",
          text: "用户在订单支付完成后7天内可申请退款,退款将原路返回,处理时间为3-5个工作日。"
        }
      },
      pairs: {
        summary: "Questions with their answers",
        value: { name: "FAQ", pairs: [{ question: "How long does a refund take?", answer: "3 to 5 working days." }] }
      }
    }
  })
)

const listDocuments = HttpApiEndpoint.get("listDocuments", "/v1/knowledge/documents", {
  query: DocumentListQuery,
  success: DocumentPageResource,
  error: problems(commonProblems)
}).annotateMerge(
  native({
    operationId: "listDocuments",
    summary: "List documents",
    description:
      "Those of one knowledge base, newest first; of the default one unless `knowledgeBaseId` is sent. Needs the scope `knowledge:read`.",
    errors: commonProblems
  })
)

const getDocument = HttpApiEndpoint.get("getDocument", "/v1/knowledge/documents/:documentId", {
  params: DocumentParams,
  success: DocumentResource,
  error: problems(ofDocument)
}).annotateMerge(
  native({
    operationId: "getDocument",
    summary: "Get a document",
    description: "With its whole content: `text` or `pairs`, by `kind`. Needs the scope `knowledge:read`.",
    errors: ofDocument
  })
)

const deleteDocument = HttpApiEndpoint.delete("deleteDocument", "/v1/knowledge/documents/:documentId", {
  params: DocumentParams,
  success: HttpApiSchema.NoContent.annotate({ description: "The document and its chunks are gone." }),
  error: problems(ofDocument)
}).annotateMerge(
  native({
    operationId: "deleteDocument",
    summary: "Delete a document",
    description: "It is no longer found; logs of past answers keep what they cited. Needs the scope `knowledge:write`.",
    errors: ofDocument
  })
)

const searchKnowledge = HttpApiEndpoint.post("searchKnowledge", "/v1/knowledge/search", {
  payload: KnowledgeSearch,
  success: KnowledgeMatchesResource,
  error: problems(bodyProblems)
}).annotateMerge(
  native({
    operationId: "searchKnowledge",
    summary: "Search the knowledge base",
    description:
      "The chunks an answer would be built on, best first. `score` is comparable within one search only. Needs the scope `knowledge:read`.",
    errors: bodyProblems,
    request: { refund: { summary: "A question", value: { query: "退款需要多久?", limit: 5 } } }
  })
)

/** What answers are built on. */
export const knowledgeGroup = HttpApiGroup.make("knowledge")
  .add(createDocument, listDocuments, getDocument, deleteDocument, searchKnowledge)
  .middleware(Authorization)
  .annotateMerge(OpenApi.annotations({ title: "Knowledge", description: "What answers are built on." }))
