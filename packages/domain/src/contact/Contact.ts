import { Schema } from "effect"
import { ContactId, DialogId, UserId } from "../ids/brands.ts"

/** The person an agent talks to. Without a `userId` the contact is anonymous. */
export const Contact = Schema.Struct({
  id: ContactId,
  userId: Schema.NullOr(UserId),
  /** The most recently active dialog, whatever its channel. */
  activeDialogId: Schema.NullOr(DialogId),
  createdAt: Schema.Date
})
export type Contact = typeof Contact.Type
