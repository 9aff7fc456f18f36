import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { PageQuery } from "./fields.ts"
import { sitegptReplies } from "./replies.ts"
import { commonRefusals, refusals, sitegpt } from "./sitegpt.ts"
import {
  NewWhitelabelUser,
  WhitelabelBrandParams,
  WhitelabelUserChange,
  WhitelabelUserParams,
  WhitelabelUserQuery
} from "./whitelabel.ts"
import { whitelabelExamples } from "./whitelabelExamples.ts"

const ofBrand = [...commonRefusals, "brand_not_found"] as const
const ofUser = [...ofBrand, "whitelabel_user_not_found"] as const

const BRANDS = "/api/v0/w/brands"
const BRAND = `${BRANDS}/:brandId` as const
const USER = `${BRAND}/users/:userId` as const

const fetchWhitelabelBrands = HttpApiEndpoint.get("fetchWhitelabelBrands", BRANDS, {
  query: PageQuery,
  success: sitegptReplies.fetchWhitelabelBrands,
  error: refusals(commonRefusals)
}).annotateMerge(
  sitegpt({
    operationId: "fetchWhitelabelBrands",
    summary: "List white-label brands",
    description:
      "Oldest first. The vendor's API makes none; `POST /v1/brands` does. (The reply's words are inferred.) Needs the scope `brands:read`.",
    errors: commonRefusals,
    response: whitelabelExamples.brands
  })
)

const fetchWhitelabelBrand = HttpApiEndpoint.get("fetchWhitelabelBrand", BRAND, {
  params: WhitelabelBrandParams,
  success: sitegptReplies.fetchWhitelabelBrand,
  error: refusals(ofBrand)
}).annotateMerge(
  sitegpt({
    operationId: "fetchWhitelabelBrand",
    summary: "Get a white-label brand",
    description: "Needs the scope `brands:read`.",
    errors: ofBrand,
    response: whitelabelExamples.brand
  })
)

const addWhitelabelUser = HttpApiEndpoint.post("addWhitelabelUser", `${BRAND}/users`, {
  params: WhitelabelBrandParams,
  payload: NewWhitelabelUser,
  success: sitegptReplies.addWhitelabelUser,
  error: refusals(ofBrand)
}).annotateMerge(
  sitegpt({
    operationId: "addWhitelabelUser",
    summary: "Add a user to a white-label brand",
    description:
      "A user is a workspace of its own, with an agent that answers where no other is named; that one is not among its chatbots and does not count. It is reached by the key that is generated for it, and by no key of the reseller's. An address that another user of the brand has is refused. Quotas hold on every face: what would exceed one is answered 403 `CHATBOT_LIMIT_REACHED`, `LINKS_LIMIT_REACHED`, `FILES_LIMIT_REACHED` or `MESSAGES_LIMIT_REACHED`, and a site that is read is read as far as the quota of links allows. Needs the scope `brands:write`.",
    errors: ofBrand,
    request: whitelabelExamples.newUser,
    response: whitelabelExamples.added
  })
)

const fetchWhitelabelUser = HttpApiEndpoint.get("fetchWhitelabelUser", USER, {
  params: WhitelabelUserParams,
  query: WhitelabelUserQuery,
  success: sitegptReplies.fetchWhitelabelUser,
  error: refusals(ofUser)
}).annotateMerge(
  sitegpt({
    operationId: "fetchWhitelabelUser",
    summary: "Get a user of a white-label brand",
    description: "Needs the scope `brands:read`, and `brands:write` for `includeApiKey`.",
    errors: ofUser,
    response: whitelabelExamples.fetched
  })
)

const updateWhitelabelUser = HttpApiEndpoint.patch("updateWhitelabelUser", USER, {
  params: WhitelabelUserParams,
  payload: WhitelabelUserChange,
  success: sitegptReplies.updateWhitelabelUser,
  error: refusals(ofUser)
}).annotateMerge(
  sitegpt({
    operationId: "updateWhitelabelUser",
    summary: "Change a user's quotas and features",
    description:
      "What is not sent stays. A quota below what is in use stops more of it and takes nothing away. Needs the scope `brands:write`.",
    errors: ofUser,
    request: whitelabelExamples.change,
    response: whitelabelExamples.updated
  })
)

const generateWhitelabelUserApiKey = HttpApiEndpoint.patch("generateWhitelabelUserApiKey", `${USER}/api-key`, {
  params: WhitelabelUserParams,
  success: sitegptReplies.generateWhitelabelUserApiKey,
  error: refusals(ofUser)
}).annotateMerge(
  sitegpt({
    operationId: "generateWhitelabelUserApiKey",
    summary: "Generate a user's API key",
    description:
      "It opens everything in the user's workspace, on every face. The one that was generated before stops working at once; keys that the user made itself do not. Needs the scope `brands:write`.",
    errors: ofUser,
    response: whitelabelExamples.generated
  })
)

/** Resellers, whose users are workspaces. */
export const whitelabelGroup = HttpApiGroup.make("sitegptWhitelabel")
  .add(
    fetchWhitelabelBrands,
    fetchWhitelabelBrand,
    addWhitelabelUser,
    fetchWhitelabelUser,
    updateWhitelabelUser,
    generateWhitelabelUserApiKey
  )
  .middleware(Authorization)
  .annotateMerge(
    OpenApi.annotations({
      title: "SiteGPT: white label",
      description: "A brand is a reseller over workspaces: its users are workspaces with quotas that are enforced."
    })
  )
