import { Schema } from "effect"
import { ContactId, DialogId, UserId } from "../ids/brands.ts"

/** The person an agent talks to. Without a `userId` the contact is anonymous. */
export const Contact = Schema.Struct({
  id: ContactId,
  userId: Schema.NullOr(UserId),
  /** The most recently active dialog, whatever its channel. */
  activeDialogId: Schema.NullOr(DialogId),
  /** What it has told of itself, such as `email` and `phone`. */
  details: Schema.Record(Schema.String, Schema.String),
  createdAt: Schema.Date
})
export type Contact = typeof Contact.Type

/** The contact does not exist in this workspace. */
export class ContactNotFound extends Schema.TaggedError<ContactNotFound>()("ContactNotFound", {
  contactId: ContactId
}) {
  override get message(): string {
    return `contact ${this.contactId} does not exist`
  }
}

/** The two are known to be different people, or not known to be one and the caller did not say so. */
export class ContactConflict extends Schema.TaggedError<ContactConflict>()("ContactConflict", {
  contactId: ContactId,
  reason: Schema.Literals(["other-user", "user-taken"])
}) {
  override get message(): string {
    return this.reason === "other-user"
      ? `contact ${this.contactId} has a different userId`
      : `contact ${this.contactId} has this userId already; merge the two if they are one person`
  }
}
