import type { Contact, ContactId, ContactQuery, UserId, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"

/** Of `contact c`. */
const columns = sql`
  c.id, c.user_id as "userId", c.active_dialog_id as "activeDialogId", c.details, c.created_at as "createdAt"`

const none = sql``

/** The contact that an id stands for: another one when it was merged into that. */
export const findContact = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  contactId: ContactId
): Promise<Contact | undefined> => {
  const { rows } = await sql<Contact>`
    select ${columns}
    from contact named
    join contact c on c.workspace_id = named.workspace_id and c.id = coalesce(named.merged_into, named.id)
    where named.workspace_id = ${workspaceId}::uuid and named.id = ${contactId}::bigint`.execute(db)
  return rows[0]
}

export const findContactOfUser = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  userId: UserId
): Promise<Contact | undefined> => {
  const { rows } = await sql<Contact>`
    select ${columns} from contact c
    where c.workspace_id = ${workspaceId}::uuid and c.user_id = ${userId}::text`.execute(db)
  return rows[0]
}

/** Newest first. */
export const listContacts = async (
  db: Kysely<DB>,
  { after, limit, userId, workspaceId }: ContactQuery
): Promise<ReadonlyArray<Contact>> => {
  const { rows } = await sql<Contact>`
    select ${columns} from contact c
    where c.workspace_id = ${workspaceId}::uuid and c.merged_into is null
      ${userId === null ? none : sql`and c.user_id = ${userId}::text`}
      ${after === null ? none : sql`and (c.created_at, c.id) < (${after.createdAt}::timestamptz, ${after.id}::bigint)`}
    order by c.created_at desc, c.id desc
    limit ${limit}::integer`.execute(db)
  return rows
}
