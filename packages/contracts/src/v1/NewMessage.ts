import { ContentType } from "@butler/domain"
import { Schema } from "effect"
import { abides, decoder, type Rule } from "../fields/decoder.ts"
import { text } from "../fields/text.ts"
import { optional, orElse } from "../fields/unset.ts"
import { webUrl } from "../fields/webUrl.ts"

const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== ""

const isBlank = (value: unknown): boolean => !isSet(value) || (typeof value === "string" && value.trim() === "")

/** A text says something; anything else lies somewhere. */
const saysSomething: Rule = ({ content, contentType, url }) => {
  if (isSet(contentType) && contentType !== "text") {
    return isSet(url) ? undefined : { path: "url", message: "is required unless contentType is text" }
  }
  if (isSet(url)) return { path: "url", message: "must not be sent with a text" }
  return isBlank(content) ? { path: "content", message: "must not be blank" } : undefined
}

/** Something a person or the agent says in a dialog, outside a turn. */
export const NewMessage = Schema.Struct({
  sender: Schema.Struct({
    type: Schema.Literals(["person", "agent"]),
    id: optional(text(1, 128), {
      description: "Your own id of the person, or the id of an agent; without it the workspace's agent speaks."
    })
  }).annotate({ identifier: "NewMessageSender" }),
  content: orElse(text(0, 32_000), "", { description: "The text; beside a file, what is said with it." }),
  contentType: orElse(ContentType, "text", { description: "What it is." }),
  url: optional(webUrl(4096), { description: "Where the content lies. Required unless it is a text." })
})
  .check(abides(saysSomething))
  .annotate({ identifier: "NewMessage" })
export type NewMessage = typeof NewMessage.Type
export const decodeNewMessage = decoder(NewMessage, saysSomething)
