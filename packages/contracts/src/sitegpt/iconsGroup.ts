import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../openapi/Authorization.ts"
import { ChatbotParams } from "./fields.ts"
import { IconForm, IconParams, IconQuery } from "./icons.ts"
import { sitegptReplies } from "./replies.ts"
import { ofChatbot, refusals, sitegpt } from "./sitegpt.ts"

const ICONS = "/api/v0/chatbots/:chatbotId/icons"
const ofIcon = ["icon_not_found", "internal", "unavailable"] as const

const updateIcon = HttpApiEndpoint.post("updateIcon", ICONS, {
  params: ChatbotParams,
  payload: IconForm.pipe(HttpApiSchema.asMultipart()),
  success: sitegptReplies.updateIcon,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "updateIcon",
    summary: "Set a picture",
    description:
      "As `multipart/form-data`. The picture is decoded, whatever its name and type say, and kept as it is drawn anew, without EXIF; SVG is refused. Its id is shown in the chatbot's settings, and `GET /api/v0/icons/{iconId}` serves it. Needs the scope `agents:write`.",
    errors: ofChatbot
  })
)

const deleteIcon = HttpApiEndpoint.delete("deleteIcon", ICONS, {
  params: ChatbotParams,
  query: IconQuery,
  success: sitegptReplies.deleteIcon,
  error: refusals(ofChatbot)
}).annotateMerge(
  sitegpt({
    operationId: "deleteIcon",
    summary: "Take a picture away",
    description: "Or all of them. Needs the scope `agents:write`.",
    errors: ofChatbot
  })
)

const getIcon = HttpApiEndpoint.get("getIcon", "/api/v0/icons/:iconId", {
  params: IconParams,
  success: Schema.Uint8Array.pipe(HttpApiSchema.asUint8Array({ contentType: "image/*" })),
  error: refusals(ofIcon)
}).annotateMerge(
  sitegpt({
    operationId: "getIcon",
    summary: "A picture",
    description: "By the id that the chatbot's settings show. No key is needed, since visitors' browsers ask for it.",
    errors: ofIcon
  })
)

/** The pictures that chatbots show. */
export const iconsGroup = HttpApiGroup.make("sitegptIcons")
  .add(updateIcon, deleteIcon)
  .middleware(Authorization)
  .add(getIcon)
  .annotateMerge(OpenApi.annotations({ title: "SiteGPT: icons", description: "The pictures that chatbots show." }))
