import type { ContactId, DialogId, TurnFacts, UserId, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import { type AgentRow, toAgent } from "../agent/agentRow.ts"
import type { DB } from "../database/tables.ts"

interface Row extends AgentRow {
  readonly contact_id: ContactId | null
  readonly active_dialog_id: DialogId | null
  readonly dialog_id: DialogId | null
  readonly dialog_contact_id: ContactId | null
}

const toFacts = (row: Row): TurnFacts => ({
  agent: toAgent(row),
  contact: row.contact_id === null ? null : { id: row.contact_id, activeDialogId: row.active_dialog_id },
  dialog:
    row.dialog_id === null || row.dialog_contact_id === null
      ? null
      : { id: row.dialog_id, contactId: row.dialog_contact_id }
})

/** All that resolution and the turn need to know, in one round trip of three primary-key look-ups. */
export const facts = async (
  db: Kysely<DB>,
  names: { readonly workspaceId: WorkspaceId; readonly userId: UserId | null; readonly dialogId: DialogId | null }
): Promise<TurnFacts> => {
  const { rows } = await sql<Row>`
    select a.id as agent_id, a.name as agent_name, a.settings as agent_settings,
           c.id as contact_id, c.active_dialog_id,
           d.id as dialog_id, d.contact_id as dialog_contact_id
    from workspace w
    join agent a on a.workspace_id = w.workspace_id and a.id = w.default_agent_id
    left join contact c on c.workspace_id = w.workspace_id and c.user_id = ${names.userId}::text
    left join dialog d on d.workspace_id = w.workspace_id and d.id = ${names.dialogId}::text
    where w.workspace_id = ${names.workspaceId}::uuid`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error(`workspace ${names.workspaceId} does not exist`)
  return toFacts(row)
}
