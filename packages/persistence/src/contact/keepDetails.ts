import type { RunnableTurn } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import { owedLead } from "../chatbot/owedLead.ts"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

/**
 * Adds what a contact has told of itself; what it told before under the same name is replaced. True when there is something
 * to send.
 */
export const keepDetails = async (
  db: Kysely<DB>,
  { contactId, dialogId, workspaceId }: Pick<RunnableTurn, "contactId" | "dialogId" | "workspaceId">,
  details: Readonly<Record<string, string>>
): Promise<boolean> => {
  const { rows } = await sql<{ readonly owes: boolean }>`
    with visitor as (
      update contact c set details = c.details || ${json(details)}
      from contact named, contact before
      where named.workspace_id = ${workspaceId}::uuid and named.id = ${contactId}::bigint
        and c.workspace_id = ${workspaceId}::uuid and c.id = coalesce(named.merged_into, named.id)
        and before.workspace_id = ${workspaceId}::uuid and before.id = coalesce(named.merged_into, named.id)
      returning c.id, c.details, before.details as was, c.created_at
    ),
    visited as (
      select id, agent_id, conversation_id, message_count from dialog
      where workspace_id = ${workspaceId}::uuid and id = ${dialogId}
    ),
    ${owedLead(workspaceId)}
    select exists (select from owed_now) as owes`.execute(db)
  return rows[0]?.owes === true
}
