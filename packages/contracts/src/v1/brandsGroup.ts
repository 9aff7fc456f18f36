import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { BrandChangeRequest, BrandList, BrandParams, BrandResource, NewBrandRequest } from "./BrandResource.ts"
import { bodyProblems, commonProblems, native, problems } from "./native.ts"

const ofBrand = [...commonProblems, "brand_not_found"] as const
const ofCreation = [...bodyProblems, "not_implemented"] as const
const ofChange = [...bodyProblems, "brand_not_found", "not_implemented"] as const
const ofDeletion = [...ofBrand, "brand_in_use"] as const

const PATH = "/v1/brands"
const ONE = `${PATH}/:brandId` as const

const create = HttpApiEndpoint.post("createBrand", PATH, {
  payload: NewBrandRequest,
  success: BrandResource.pipe(HttpApiSchema.status(201)),
  error: problems(ofCreation)
}).annotateMerge(
  native({
    operationId: "createBrand",
    summary: "Make a workspace a reseller",
    description:
      "A brand's users are workspaces of their own with quotas: they are added, changed and given keys by the calls of the SiteGPT API under `/api/v0/w/brands`. Who makes brands decides who may make workspaces, so it needs the scope `workspaces:write`. `resendApiKey` is refused with 501 where the server has nothing to encrypt it with.",
    errors: ofCreation,
    request: {
      brand: {
        summary: "A brand",
        value: { name: "Acme", domain: "app.acme.example", supportEmail: "help@acme.example", color: "#2563eb" }
      }
    }
  })
)

const list = HttpApiEndpoint.get("listBrands", PATH, {
  success: BrandList,
  error: problems(commonProblems)
}).annotateMerge(
  native({
    operationId: "listBrands",
    summary: "List brands",
    description:
      "Those of the key's workspace, oldest first, all at once: `nextCursor` is null. Needs the scope `brands:read`.",
    errors: commonProblems
  })
)

const get = HttpApiEndpoint.get("getBrand", ONE, {
  params: BrandParams,
  success: BrandResource,
  error: problems(ofBrand)
}).annotateMerge(
  native({
    operationId: "getBrand",
    summary: "Get a brand",
    description: "Needs the scope `brands:read`.",
    errors: ofBrand
  })
)

const change = HttpApiEndpoint.patch("changeBrand", ONE, {
  params: BrandParams,
  payload: BrandChangeRequest,
  success: BrandResource,
  error: problems(ofChange)
}).annotateMerge(
  native({
    operationId: "changeBrand",
    summary: "Change a brand",
    description: "What is not sent stays. Needs the scope `brands:write`.",
    errors: ofChange,
    request: {
      mail: {
        summary: "Whose mails its users get",
        value: { emailSettings: { fromName: "Acme", fromEmail: "login@acme.example" } }
      }
    }
  })
)

const remove = HttpApiEndpoint.delete("deleteBrand", ONE, {
  params: BrandParams,
  success: HttpApiSchema.NoContent.annotate({ description: "The brand is deleted." }),
  error: problems(ofDeletion)
}).annotateMerge(
  native({
    operationId: "deleteBrand",
    summary: "Delete a brand",
    description: "One that has users is refused. Needs the scope `brands:write`.",
    errors: ofDeletion
  })
)

/** Resellers. */
export const brandsGroup = HttpApiGroup.make("brands")
  .add(create, list, get, change, remove)
  .middleware(Authorization)
  .annotateMerge(
    OpenApi.annotations({ title: "Brands", description: "Resellers over workspaces, and how they show themselves." })
  )
