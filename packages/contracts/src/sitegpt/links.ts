import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { text } from "../fields/text.ts"
import { optional, orElse } from "../fields/unset.ts"
import { webUrl } from "../fields/webUrl.ts"

const MAX_LINKS = 1000
const MAX_CONTENT = 1_000_000

const address = webUrl(2048)

export const LinksQuery = Schema.Struct({
  sourceUrl: address.annotate({ description: "Where to look for links." }),
  sourceType: Schema.optionalKey(
    Schema.Literals(["WEBSITE", "SITEMAP", "ZENDESK", "GITBOOK", "SINGLE_LINK"]).annotate({
      description: "`WEBSITE` unless it is said. `ZENDESK` and `GITBOOK` are read as websites.",
      default: "WEBSITE"
    })
  )
})
export const decodeLinksQuery = decoder(LinksQuery)

const link = Schema.Struct({
  url: address,
  urlType: optional(text(0, 32), { description: "`WEB`; nothing else is known." })
}).annotate({ identifier: "SitegptLink" })

const count = (what: string) =>
  Schema.makeFilter((value: ReadonlyArray<unknown>) =>
    value.length >= 1 && value.length <= MAX_LINKS ? undefined : `must have 1 to 1,000 ${what}`
  )

export const NewLinks = Schema.Struct({ links: Schema.Array(link).check(count("links")) }).annotate({
  identifier: "NewLinks"
})
export const decodeNewLinks = decoder(NewLinks)

export const NewContent = Schema.Struct({
  sourceType: Schema.Literals(["URLS_LIST", "WEBSITE", "SITEMAP", "YOUTUBE"]),
  config: Schema.Struct({ urls: Schema.Array(address).check(count("addresses")) }),
  scrapeOptions: Schema.optionalKey(Schema.Unknown.annotate({ description: "Ignored." })),
  syncFrequency: orElse(Schema.Literals(["NEVER", "DAILY", "WEEKLY", "MONTHLY"]), "NEVER", {
    description: "How often what was read is read again."
  })
}).annotate({ identifier: "NewContent" })
export type NewContent = typeof NewContent.Type
export const decodeNewContent = decoder(NewContent)

export const CustomContent = Schema.Struct({
  text: optional(text(0, MAX_CONTENT), { description: "The whole text; empty takes it away. Not sent, it stays." })
}).annotate({ identifier: "CustomContent" })
export const decodeCustomContent = decoder(CustomContent)
