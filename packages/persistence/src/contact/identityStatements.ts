import type { Contact, ContactId, UserId, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

/**
 * Holds contacts still for the rest of the transaction. Whoever accepts a turn locks its dialog before its contact, so the
 * dialogs that are to move are locked first.
 */
export const lockContacts = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  moving: ContactId,
  contactIds: ReadonlyArray<ContactId>
): Promise<void> => {
  await sql`
    select from dialog where workspace_id = ${workspaceId}::uuid and contact_id = ${moving}::bigint
    order by id
    for no key update`.execute(db)
  await sql`
    select from contact
    where workspace_id = ${workspaceId}::uuid and id = any(${[...contactIds]}::bigint[])
    order by id
    for update`.execute(db)
}

export const attachUser = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  contactId: ContactId,
  userId: UserId
): Promise<void> => {
  await sql`
    update contact set user_id = ${userId}::text
    where workspace_id = ${workspaceId}::uuid and id = ${contactId}::bigint`.execute(db)
}

/** Statement by statement, since a `userId` must be free before another contact can have it. */
export const mergeContacts = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  from: Contact,
  into: Contact,
  userId: UserId | null
): Promise<void> => {
  await sql`
    update contact set
      merged_into = ${into.id}::bigint,
      user_id = case when id = ${from.id}::bigint then null else user_id end,
      active_dialog_id = null
    where workspace_id = ${workspaceId}::uuid
      and (id = ${from.id}::bigint or merged_into = ${from.id}::bigint)`.execute(db)
  await sql`
    update contact set
      user_id = ${userId}::text,
      details = ${json(from.details)} || details,
      active_dialog_id = (
        select d.id from dialog d
        where d.workspace_id = ${workspaceId}::uuid
          and d.id in (${from.activeDialogId}::text, ${into.activeDialogId}::text)
        order by d.last_active_at desc
        limit 1
      )
    where workspace_id = ${workspaceId}::uuid and id = ${into.id}::bigint`.execute(db)
  await sql`
    update contact_memory set contact_id = ${into.id}::bigint
    where workspace_id = ${workspaceId}::uuid and contact_id = ${from.id}::bigint`.execute(db)
  await sql`
    update dialog set contact_id = ${into.id}::bigint
    where workspace_id = ${workspaceId}::uuid and contact_id = ${from.id}::bigint`.execute(db)
}
