import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { ChatbotParams } from "./fields.ts"
import { CustomContent, LinksQuery, NewContent, NewLinks } from "./links.ts"
import { sitegptReplies } from "./replies.ts"
import { commonRefusals, ofChatbot, refusals, sitegpt } from "./sitegpt.ts"

const ofAdding = [...ofChatbot, "links_limit_reached"] as const

const modifyCustomContent = HttpApiEndpoint.post("modifyCustomContent", "/api/v0/chatbots/:chatbotId/custom-content", {
  params: ChatbotParams,
  payload: CustomContent,
  success: sitegptReplies.modifyCustomContent,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "modifyCustomContent",
    summary: "Replace the custom content",
    description:
      "One document of the chatbot's own, in place of what it said before. (That the whole is replaced is inferred.) Needs the scope `knowledge:write`.",
    errors: ofChatbot,
    request: { one: { summary: "A text", value: { text: "We are open from nine to five." } } }
  })
)

const fetchLinks = HttpApiEndpoint.get("fetchLinks", "/api/v0/fetch-links", {
  query: LinksQuery,
  success: sitegptReplies.fetchLinks,
  error: refusals(commonRefusals)
}).annotateMerge(
  sitegpt({
    operationId: "fetchLinks",
    summary: "Find the pages of a site",
    description:
      "Reads the site, or its sitemap, now, for at most 20 seconds, and lists up to 1,000 pages; nothing is stored. `robots.txt` is heeded, and no address is read that leads elsewhere than to the public internet. Needs the scope `knowledge:read`.",
    errors: commonRefusals
  })
)

const addLinks = HttpApiEndpoint.post("addLinks", "/api/v0/chatbots/:chatbotId/links", {
  params: ChatbotParams,
  payload: NewLinks,
  success: sitegptReplies.addLinks,
  error: refusals(ofAdding)
}).annotateMerge(
  sitegpt({
    operationId: "addLinks",
    summary: "Add pages to what a chatbot knows",
    description:
      "Each becomes a source that is read in the background; one that is there already is read again. Needs the scope `knowledge:write`.",
    errors: ofAdding,
    request: {
      one: { summary: "A page", value: { links: [{ url: "https://example.com/prices", urlType: "WEB" }] } }
    }
  })
)

const addContent = HttpApiEndpoint.post("addContent", "/api/v1/chatbots/:chatbotId/links", {
  params: ChatbotParams,
  payload: NewContent,
  success: sitegptReplies.addContent,
  error: refusals(ofAdding)
}).annotateMerge(
  sitegpt({
    operationId: "addContent",
    summary: "Add pages, sites or sitemaps",
    description:
      "The newer call. `ingestJobId` is the id of the first source, `documentsQueued` the number of them. `YOUTUBE` is refused. Needs the scope `knowledge:write`.",
    errors: ofAdding,
    request: {
      one: {
        summary: "Pages, read again each week",
        value: {
          sourceType: "URLS_LIST",
          config: { urls: ["https://example.com/prices"] },
          syncFrequency: "WEEKLY"
        }
      }
    }
  })
)

/** What a chatbot knows. */
export const linksGroup = HttpApiGroup.make("sitegptLinks")
  .add(modifyCustomContent, fetchLinks, addLinks, addContent)
  .middleware(Authorization)
  .annotateMerge(OpenApi.annotations({ title: "SiteGPT: content", description: "What a chatbot knows." }))
