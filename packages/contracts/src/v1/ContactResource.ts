import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { contactId, userId } from "../fields/ids.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { page, pageQuery } from "../fields/page.ts"
import { orElse } from "../fields/unset.ts"

/** The person an agent talks to. */
export const ContactResource = Schema.Struct({
  id: Schema.String,
  userId: Schema.NullOr(Schema.String).annotate({
    description: "Your own id of the contact; null for an anonymous one."
  }),
  activeDialogId: Schema.NullOr(Schema.String).annotate({ description: "The most recently active dialog." }),
  details: Schema.Record(Schema.String, Schema.String).annotate({
    description: "What the contact has told the agent of itself, such as `email` and `phone`.",
    examples: [{ email: "ada@example.com", phone: "+4930901820" }]
  }),
  createdAt: IsoTime
}).annotate({ identifier: "Contact", description: "The person an agent talks to." })
export type ContactResource = typeof ContactResource.Type

export const ContactPage = page("ContactPage", ContactResource)
export type ContactPage = typeof ContactPage.Type

export const ContactParams = Schema.Struct({ contactId })
export const decodeContactParams = decoder(ContactParams)

export const ContactListQuery = Schema.Struct({ ...pageQuery, userId: Schema.optionalKey(userId) })
export type ContactListQuery = typeof ContactListQuery.Type
export const decodeContactListQuery = decoder(ContactListQuery)

export const ContactIdentity = Schema.Struct({
  userId,
  merge: orElse(Schema.Boolean, false, {
    description: "When another contact has this `userId`: this one goes into that."
  })
}).annotate({ identifier: "ContactIdentity" })
export type ContactIdentity = typeof ContactIdentity.Type
export const decodeContactIdentity = decoder(ContactIdentity)

export const ContactMerge = Schema.Struct({ from: contactId, into: contactId }).annotate({ identifier: "ContactMerge" })
export type ContactMerge = typeof ContactMerge.Type
export const decodeContactMerge = decoder(ContactMerge)
