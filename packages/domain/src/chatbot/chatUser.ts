import type { Contact } from "../contact/Contact.ts"
import type { ChatUser, ChatUserChange } from "./Thread.ts"

/** A visitor's details as those of a contact are named. */
export const detailsOf = ({ email, name, phoneNumber }: ChatUserChange): Contact["details"] => ({
  ...(email !== undefined && { email }),
  ...(name !== undefined && { name }),
  ...(phoneNumber !== undefined && { phone: phoneNumber })
})

/** A contact as a visitor; null while nothing is known of it. */
export const chatUserOf = ({
  createdAt,
  details,
  id
}: Pick<Contact, "createdAt" | "details" | "id">): ChatUser | null => {
  const { email = null, name = null, phone = null } = details
  return email === null && name === null && phone === null ? null : { id, name, email, phoneNumber: phone, createdAt }
}
