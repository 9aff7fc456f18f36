import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { bodyProblems, commonProblems, native, problems } from "./native.ts"
import {
  NewSourceRequest,
  SourceChangeRequest,
  SourceItemListQuery,
  SourceItemPage,
  SourceListQuery,
  SourcePage,
  SourceParams,
  SourceResource,
  UploadFields,
  UploadForm
} from "./SourceResource.ts"

const ofCreation = [...bodyProblems, "links_limit_reached", "files_limit_reached", "knowledge_base_not_found"] as const
const ofSource = [...commonProblems, "source_not_found"] as const
const ofChange = [...bodyProblems, "source_not_found"] as const

const PATH = "/v1/knowledge/sources"
const ONE = `${PATH}/:sourceId` as const

const create = HttpApiEndpoint.post("createSource", PATH, {
  payload: NewSourceRequest,
  success: SourceResource.pipe(HttpApiSchema.status(202)),
  error: problems(ofCreation)
}).annotateMerge(
  native({
    operationId: "createSource",
    summary: "Add a source",
    description:
      "Running text, pairs, or something on the web. It is read in the background: watch `status` and `items`. Crawling keeps to the site it begins at and to its `robots.txt` (as `ButlerBot`). Needs the scope `knowledge:write`.",
    errors: ofCreation,
    request: {
      site: {
        summary: "A help centre, read anew each week",
        value: { kind: "site", url: "https://help.example.com/", maxPages: 500, syncFrequency: "weekly" }
      },
      markdown: {
        summary: "Markdown",
        value: { kind: "markdown", name: "Returns", text: "# Returns\n\nWithin 30 days." }
      }
    }
  })
)

const upload = HttpApiEndpoint.post("uploadSource", `${PATH}/upload`, {
  query: UploadFields,
  payload: [
    UploadForm.pipe(HttpApiSchema.asMultipart()),
    Schema.Uint8Array.pipe(HttpApiSchema.asUint8Array({ contentType: "application/octet-stream" }))
  ],
  success: SourceResource.pipe(HttpApiSchema.status(202)),
  error: problems(ofCreation)
}).annotateMerge(
  native({
    operationId: "uploadSource",
    summary: "Upload a file as a source",
    description:
      "PDF, Word (DOCX), HTML, CSV, Markdown, plain text, or pairs as JSON: as the body itself, of any type but JSON, or as `multipart/form-data` with one file. At most 50 MB unless the server is set up otherwise. It is read in the background: watch `status` and `items`. Needs the scope `knowledge:write`.",
    errors: ofCreation
  })
)

const list = HttpApiEndpoint.get("listSources", PATH, {
  query: SourceListQuery,
  success: SourcePage,
  error: problems(commonProblems)
}).annotateMerge(
  native({
    operationId: "listSources",
    summary: "List sources",
    description:
      "Newest first; of all knowledge bases unless `knowledgeBaseId` is sent. Needs the scope `knowledge:read`.",
    errors: commonProblems
  })
)

const get = HttpApiEndpoint.get("getSource", ONE, {
  params: SourceParams,
  success: SourceResource,
  error: problems(ofSource)
}).annotateMerge(
  native({
    operationId: "getSource",
    summary: "Get a source",
    description: "With how far it has been read. Needs the scope `knowledge:read`.",
    errors: ofSource
  })
)

const items = HttpApiEndpoint.get("listSourceItems", `${ONE}/items`, {
  params: SourceParams,
  query: SourceItemListQuery,
  success: SourceItemPage,
  error: problems(ofSource)
}).annotateMerge(
  native({
    operationId: "listSourceItems",
    summary: "List a source's pages or files",
    description: "In the order they were found, each with what was wrong with it. Needs the scope `knowledge:read`.",
    errors: ofSource
  })
)

const change = HttpApiEndpoint.patch("changeSource", ONE, {
  params: SourceParams,
  payload: SourceChangeRequest,
  success: SourceResource,
  error: problems(ofChange)
}).annotateMerge(
  native({
    operationId: "changeSource",
    summary: "Change a source",
    description: "What is not sent stays. Needs the scope `knowledge:write`.",
    errors: ofChange,
    request: { daily: { summary: "Read it anew each day", value: { syncFrequency: "daily" } } }
  })
)

const sync = HttpApiEndpoint.post("syncSource", `${ONE}/sync`, {
  params: SourceParams,
  success: SourceResource.pipe(HttpApiSchema.status(202)),
  error: problems(ofSource)
}).annotateMerge(
  native({
    operationId: "syncSource",
    summary: "Read a source anew",
    description:
      "As soon as may be; while it is being read that is enough. What has changed is replaced, each document at once; what is gone is removed. Needs the scope `knowledge:write`.",
    errors: ofSource
  })
)

const remove = HttpApiEndpoint.delete("deleteSource", ONE, {
  params: SourceParams,
  success: HttpApiSchema.NoContent.annotate({ description: "The source and all its documents are gone." }),
  error: problems(ofSource)
}).annotateMerge(
  native({
    operationId: "deleteSource",
    summary: "Delete a source",
    description: "With all its documents. Needs the scope `knowledge:write`.",
    errors: ofSource
  })
)

/** What documents are made of. */
export const sourcesGroup = HttpApiGroup.make("knowledge-sources")
  .add(create, upload, list, get, items, change, sync, remove)
  .middleware(Authorization)
  .annotateMerge(OpenApi.annotations({ title: "Knowledge sources", description: "What documents are made of." }))
