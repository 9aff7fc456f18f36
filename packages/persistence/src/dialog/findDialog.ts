import type { Dialog, DialogId, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { dialogColumns, type DialogRow, toDialog } from "./dialogRow.ts"

export const findDialog = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  dialogId: DialogId
): Promise<Dialog | undefined> => {
  const { rows } = await sql<DialogRow>`
    select ${dialogColumns}
    from dialog d
    join contact c on c.workspace_id = d.workspace_id and c.id = d.contact_id
    where d.workspace_id = ${workspaceId}::uuid and d.id = ${dialogId}`.execute(db)
  return rows.map(toDialog)[0]
}
