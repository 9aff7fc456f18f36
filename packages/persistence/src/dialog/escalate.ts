import type { HandoverRequest } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { owedDeliveries } from "../webhook/owedDeliveries.ts"

/** Marks a thread as escalated and owes the event to its chatbot's webhook; true when there is something to send. */
export const escalate = async (
  db: Kysely<DB>,
  { dialogId, reason, workspaceId }: HandoverRequest
): Promise<boolean> => {
  const { rows } = await sql<{ readonly owes: boolean }>`
    with thread_now as (
      insert into thread (workspace_id, dialog_id, escalated_at)
      values (${workspaceId}::uuid, ${dialogId}, clock_timestamp())
      on conflict on constraint thread_pkey do update set escalated_at = excluded.escalated_at
      returning escalated_at
    ),
    dialog_now as (
      update dialog d set handover_reason = coalesce(${reason}::text, d.handover_reason)
      where d.workspace_id = ${workspaceId}::uuid and d.id = ${dialogId}
      returning d.id, d.agent_id, d.contact_id, d.conversation_id, d.message_count
    ),
    thread_news as (
      select ${workspaceId}::uuid as workspace_id, d.id as dialog_id, d.conversation_id, null::bigint as message_id,
             null::bigint as turn_id, d.message_count as seq, d.agent_id, 'CONVERSATION_ESCALATED' as event,
             jsonb_build_object(
               'reason', ${reason}::text,
               'at', t.escalated_at,
               'contact', jsonb_build_object('id', c.id::text, 'details', c.details, 'createdAt', c.created_at)
             ) as details
      from dialog_now d
      join contact c on c.workspace_id = ${workspaceId}::uuid and c.id = d.contact_id
      cross join thread_now t
    ),
    ${owedDeliveries({ workspaceId, messages: null, callbacks: null, threads: "thread_news" })}
    select exists (select from owed_now) as owes`.execute(db)
  return rows[0]?.owes === true
}
