import { detailsOf, type NewThread } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"
import { owedLead } from "./owedLead.ts"

/**
 * Contact, dialog and lane of a thread that nothing was said in yet, in one statement. A taken id breaks its constraint. True
 * when there is something to send.
 */
export const createThread = async (db: Kysely<DB>, thread: NewThread): Promise<boolean> => {
  const { channel, chatbotId, contactId, dialog, mode, userId, workspaceId } = thread
  const details = detailsOf(thread.chatUser)
  const human = mode === "AGENT"
  const { rows } = await sql<{ readonly owes: boolean }>`
    with known as (
      update contact c set active_dialog_id = ${dialog.id}, details = c.details || ${json(details)}
      from contact before
      where c.workspace_id = ${workspaceId}::uuid and c.user_id = ${userId}::text
        and before.workspace_id = c.workspace_id and before.id = c.id
      returning c.id, c.details, before.details as was, c.created_at
    ),
    contact_now as (
      insert into contact (workspace_id, id, user_id, active_dialog_id, details)
      select ${workspaceId}::uuid, ${contactId}::bigint, ${userId}::text, ${dialog.id}, ${json(details)}
      where not exists (select from known)
      returning id, details, '{}'::jsonb as was, created_at
    ),
    visitor as (
      select * from known union all select * from contact_now
    ),
    visited as (
      insert into dialog (workspace_id, id, contact_id, agent_id, channel, channel_id, session_id, conversation_id, mode,
                          handover_reason, handed_over_at)
      select ${workspaceId}::uuid, ${dialog.id}, v.id, ${chatbotId}::bigint, ${json(channel)}, ${dialog.channelId},
             ${dialog.sessionId}, ${dialog.conversationId}, ${human ? "human" : "ai"}, ${human ? "chat mode" : null}::text,
             ${human ? sql`now()` : sql`null::timestamptz`}
      from visitor v
      returning id, agent_id, conversation_id, message_count
    ),
    lane_now as (
      insert into lane (workspace_id, kind, key, last_seq, done_seq, attempts, next_at, closed)
      select ${workspaceId}::uuid, 'turn', d.id, 0, 0, 0, 'infinity', ${human}::boolean
      from visited d
    ),
    ${owedLead(workspaceId)}
    select exists (select from owed_now) as owes`.execute(db)
  return rows[0]?.owes === true
}
