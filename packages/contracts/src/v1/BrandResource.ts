import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { email } from "../fields/email.ts"
import { brandId, workspaceId } from "../fields/ids.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { page } from "../fields/page.ts"
import { pattern } from "../fields/pattern.ts"
import { text } from "../fields/text.ts"
import { optional } from "../fields/unset.ts"
import { webUrl } from "../fields/webUrl.ts"
import { WhitelabelBrandResource, quotas } from "../sitegpt/whitelabel.ts"

const { createdAt: _created, ownedById: _owner, updatedAt: _updated, ...shown } = WhitelabelBrandResource.fields

export const BrandResource = Schema.Struct({
  ...shown,
  workspaceId: Schema.String.annotate({ format: "uuid", description: "The reseller." }),
  createdAt: IsoTime,
  updatedAt: IsoTime
}).annotate({ identifier: "Brand", description: "A reseller's brand; what is not set is empty." })
export type BrandResource = typeof BrandResource.Type

export const BrandList = page("BrandList", BrandResource)
export type BrandList = typeof BrandList.Type

const MAX_URL = 2048
const name = text(1, 128)
const host = pattern(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+$/i, 253, "a host name")
const address = (description: string) => optional(Schema.Union([email, Schema.Literal("")]), { description })
const link = (description: string) => optional(Schema.Union([webUrl(MAX_URL), Schema.Literal("")]), { description })
const domain = (description: string) => optional(Schema.Union([host, Schema.Literal("")]), { description })
const words = (description: string) => optional(text(0, 1000), { description })

const content = {
  domain: domain("Where the brand's users work."),
  marketingDomain: domain("Where the brand presents itself."),
  supportEmail: address("Where its users ask for help."),
  color: optional(text(0, 64), { description: "A colour as CSS writes it." }),
  terms: link("Its terms of service."),
  privacyPolicy: link("Its privacy policy."),
  logo: link("A square picture."),
  fullLogo: link("A wide picture."),
  metaDetails: optional(
    Schema.Struct({
      title: words("Of its pages."),
      description: words("Of its pages."),
      ogImage: link("Shown where its pages are shared.")
    }),
    { description: "What its pages say of themselves; what is not sent stays." }
  ),
  emailSettings: optional(
    Schema.Struct({
      resendApiKey: Schema.optionalKey(
        Schema.NullOr(text(1, 512)).annotate({
          description: "Stored encrypted, and shown by its last four characters alone. Null takes it away."
        })
      ),
      fromName: words("Whose name its mails bear."),
      fromEmail: address("Whose address its mails bear."),
      replyToEmail: address("Where answers to them go.")
    }),
    { description: "Kept for whoever sends its mails: Butler sends none. What is not sent stays." }
  ),
  defaultQuota: optional(Schema.Struct(quotas), {
    description: "What the reseller gives to users by default. Shown, and applied by nobody here: each user's are sent."
  })
}

export const NewBrandRequest = Schema.Struct({
  name,
  workspaceId: optional(workspaceId, { description: "The reseller; without it the workspace of the key." }),
  ...content
}).annotate({ identifier: "NewBrand" })
export const decodeNewBrand = decoder(NewBrandRequest)

/** A change: what is not sent stays. */
export const BrandChangeRequest = Schema.Struct({
  name: optional(name, { description: "For people." }),
  ...content
}).annotate({ identifier: "BrandChange" })
export type BrandChangeRequest = typeof BrandChangeRequest.Type
export const decodeBrandChange = decoder(BrandChangeRequest)

export const BrandParams = Schema.Struct({ brandId })
export const decodeBrandParams = decoder(BrandParams)
