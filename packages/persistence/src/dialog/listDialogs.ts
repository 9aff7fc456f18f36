import type { ContactId, Dialog, DialogQuery, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { dialogColumns, type DialogRow, toDialog } from "./dialogRow.ts"

const none = sql``

/** The contact that an id stands for: another one when it was merged into that. */
const contactNamed = (workspaceId: WorkspaceId, contactId: ContactId) => sql`
  coalesce(
    (select merged_into from contact where workspace_id = ${workspaceId}::uuid and id = ${contactId}::bigint),
    ${contactId}::bigint
  )`

/** Newest first. A filter goes through its contact, so that each shape of the query has an index. */
export const listDialogs = async (db: Kysely<DB>, query: DialogQuery): Promise<ReadonlyArray<Dialog>> => {
  const { after, contactId, limit, userId, workspaceId } = query
  const { rows } = await sql<DialogRow>`
    select ${dialogColumns}
    from dialog d
    join contact c on c.workspace_id = d.workspace_id and c.id = d.contact_id
    where d.workspace_id = ${workspaceId}::uuid
      ${contactId === null ? none : sql`and d.contact_id = ${contactNamed(workspaceId, contactId)}`}
      ${userId === null ? none : sql`and c.user_id = ${userId}::text`}
      ${after === null ? none : sql`and (d.created_at, d.id) < (${after.createdAt}::timestamptz, ${after.id}::text)`}
    order by d.created_at desc, d.id desc
    limit ${limit}::integer`.execute(db)
  return rows.map(toDialog)
}
