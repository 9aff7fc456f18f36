import type { ContactId, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

/** Adds what a contact has told of itself; what it told before under the same name is replaced. */
export const keepDetails = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  contactId: ContactId,
  details: Readonly<Record<string, string>>
): Promise<void> => {
  await sql`
    update contact c set details = c.details || ${json(details)}
    from contact named
    where named.workspace_id = ${workspaceId}::uuid and named.id = ${contactId}::bigint
      and c.workspace_id = ${workspaceId}::uuid and c.id = coalesce(named.merged_into, named.id)`.execute(db)
}
