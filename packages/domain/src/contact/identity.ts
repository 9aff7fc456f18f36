import { Result } from "effect"
import type { ContactId, UserId } from "../ids/brands.ts"
import { type Contact, ContactConflict } from "./Contact.ts"

type Identified = Pick<Contact, "id" | "userId">

/** What becomes of a contact whose identity is told. */
export type IdentityPlan =
  | { readonly _tag: "Unchanged" }
  | { readonly _tag: "Attach"; readonly userId: UserId }
  /** `from` is gone into the other one, which has this `userId` from then on. */
  | {
      readonly _tag: "Merge"
      readonly from: ContactId
      readonly into: ContactId
      readonly userId: UserId | null
    }

/**
 * Two contacts become one. Refused when both carry a `userId`: those are different people, whatever the caller thinks. A
 * contact that is the other one already stays as it is.
 */
export const planMerge = (from: Identified, into: Identified): Result.Result<IdentityPlan, ContactConflict> => {
  if (from.id === into.id) return Result.succeed({ _tag: "Unchanged" })
  if (from.userId !== null && into.userId !== null) {
    return Result.fail(new ContactConflict({ contactId: into.id, reason: "other-user" }))
  }
  return Result.succeed({ _tag: "Merge", from: from.id, into: into.id, userId: into.userId ?? from.userId })
}

/**
 * A contact gets a `userId`; `holder` is the contact that has it by now. An identity is never replaced by another. Where
 * another contact has it, only `merge` makes the two one: the one that has it stays.
 */
export const planIdentify = (
  request: { readonly userId: UserId; readonly merge: boolean },
  contact: Identified,
  holder: Identified | null
): Result.Result<IdentityPlan, ContactConflict> => {
  const { merge, userId } = request
  if (contact.userId === userId) return Result.succeed({ _tag: "Unchanged" })
  if (contact.userId !== null) {
    return Result.fail(new ContactConflict({ contactId: contact.id, reason: "other-user" }))
  }
  if (holder === null) return Result.succeed({ _tag: "Attach", userId })
  return merge
    ? planMerge(contact, holder)
    : Result.fail(new ContactConflict({ contactId: holder.id, reason: "user-taken" }))
}
