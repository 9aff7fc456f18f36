import { Context, type Effect, type Option } from "effect"
import type { ContactId, UserId, WorkspaceId } from "../ids/brands.ts"
import type { Contact, ContactConflict, ContactNotFound } from "./Contact.ts"

/** The place behind which a page of contacts goes on. */
export interface ContactCursor {
  readonly createdAt: Date
  readonly id: ContactId
}

export interface ContactQuery {
  readonly workspaceId: WorkspaceId
  readonly userId: UserId | null
  readonly after: ContactCursor | null
  readonly limit: number
}

/** Contacts and who they are. The id of a contact that was merged into another stands for that one, wherever it is given. */
export class Contacts extends Context.Service<
  Contacts,
  {
    readonly find: (workspaceId: WorkspaceId, contactId: ContactId) => Effect.Effect<Option.Option<Contact>>
    /** Newest first, without those that were merged into others. */
    readonly list: (query: ContactQuery) => Effect.Effect<ReadonlyArray<Contact>>
    /** Gives a contact a `userId`, as `planIdentify` has it; answers the contact that has it then. */
    readonly identify: (request: {
      readonly workspaceId: WorkspaceId
      readonly contactId: ContactId
      readonly userId: UserId
      readonly merge: boolean
    }) => Effect.Effect<Contact, ContactNotFound | ContactConflict>
    /** Makes two contacts one, as `planMerge` has it: the dialogs of `from` are the other's then. Answers that one. */
    readonly merge: (request: {
      readonly workspaceId: WorkspaceId
      readonly from: ContactId
      readonly into: ContactId
    }) => Effect.Effect<Contact, ContactNotFound | ContactConflict>
  }
>()("@butler/domain/Contacts") {}
