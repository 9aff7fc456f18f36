import {
  type Contact,
  type ContactConflict,
  type ContactId,
  ContactNotFound,
  type IdentityPlan,
  planIdentify,
  planMerge,
  type UserId,
  type WorkspaceId
} from "@butler/domain"
import { Effect, type Result } from "effect"
import { query } from "../database/query.ts"
import { retryTransient } from "../database/transaction.ts"
import { findContact, findContactOfUser } from "./contactStatements.ts"
import { attachUser, lockContacts, mergeContacts } from "./identityStatements.ts"

/** The contact in question, the other one if there is one, and what is to become of them. */
interface Case {
  readonly contact: Contact
  readonly other: Contact | null
  readonly plan: Result.Result<IdentityPlan, ContactConflict>
}

const get = Effect.fnUntraced(function* (workspaceId: WorkspaceId, contactId: ContactId) {
  const found = yield* query("contact.find", (db) => findContact(db, workspaceId, contactId))
  return found ?? (yield* new ContactNotFound({ contactId }))
})

const apply = Effect.fnUntraced(function* (workspaceId: WorkspaceId, { contact, other }: Case, plan: IdentityPlan) {
  switch (plan._tag) {
    case "Unchanged":
      return contact
    case "Attach":
      yield* query("contact.attach", (db) => attachUser(db, workspaceId, contact.id, plan.userId))
      return yield* get(workspaceId, contact.id)
    case "Merge": {
      const into = other ?? contact
      yield* query("contact.merge", (db) => mergeContacts(db, workspaceId, contact, into, plan.userId))
      return yield* get(workspaceId, into.id)
    }
  }
})

const isSame = (one: Case, two: Case): boolean => one.contact.id === two.contact.id && one.other?.id === two.other?.id

/** Reads who is concerned, holds them still and decides by what is then still so; null when it is not. */
const attempt = <E, R>(workspaceId: WorkspaceId, read: Effect.Effect<Case, E, R>) =>
  retryTransient(
    Effect.gen(function* () {
      const seen = yield* read
      const { contact, other } = seen
      const contactIds = other === null ? [contact.id] : [contact.id, other.id]
      yield* query("contact.lock", (db) => lockContacts(db, workspaceId, contact.id, contactIds))
      const now = yield* read
      if (!isSame(seen, now)) return null
      return yield* apply(workspaceId, now, yield* Effect.fromResult(now.plan))
    })
  )

const settled = Effect.fnUntraced(function* <E, R>(workspaceId: WorkspaceId, read: Effect.Effect<Case, E, R>) {
  for (;;) {
    const contact = yield* attempt(workspaceId, read)
    if (contact !== null) return contact
  }
})

/** Gives a contact a `userId`. */
export const identify = (request: {
  readonly workspaceId: WorkspaceId
  readonly contactId: ContactId
  readonly userId: UserId
  readonly merge: boolean
}) => {
  const { contactId, userId, workspaceId } = request
  return settled(
    workspaceId,
    Effect.gen(function* () {
      const contact = yield* get(workspaceId, contactId)
      const other = (yield* query("contact.ofUser", (db) => findContactOfUser(db, workspaceId, userId))) ?? null
      return { contact, other, plan: planIdentify(request, contact, other) }
    })
  )
}

/** Makes two contacts one. */
export const merge = (request: {
  readonly workspaceId: WorkspaceId
  readonly from: ContactId
  readonly into: ContactId
}) => {
  const { workspaceId } = request
  return settled(
    workspaceId,
    Effect.gen(function* () {
      const contact = yield* get(workspaceId, request.from)
      const other = yield* get(workspaceId, request.into)
      return { contact, other, plan: planMerge(contact, other) }
    })
  )
}
