import type { WorkspaceId } from "@butler/domain"
import { type RawBuilder, sql } from "kysely"
import { owedDeliveries } from "../webhook/owedDeliveries.ts"

const known = (details: RawBuilder<unknown>) =>
  sql`(${details} ->> 'email', ${details} ->> 'name', ${details} ->> 'phone')`

/**
 * The CTEs that owe the event of a lead when a visitor's name, address or number is new, unless the chatbot's settings say
 * that nobody wants to know. Of the CTEs `visitor` (id, details, was: the details before, created_at) and `visited` (id,
 * agent_id, conversation_id, message_count: the dialog). `owed_now` has a row when there is something to send.
 */
export const owedLead = (workspaceId: WorkspaceId): RawBuilder<unknown> => sql`
  thread_news as (
    select ${workspaceId}::uuid as workspace_id, d.id as dialog_id, d.conversation_id, null::bigint as message_id,
           null::bigint as turn_id, d.message_count as seq, d.agent_id, 'LEAD_COLLECTED' as event,
           jsonb_build_object(
             'at', clock_timestamp(),
             'contact', jsonb_build_object('id', v.id::text, 'details', v.details, 'createdAt', v.created_at)
           ) as details
    from visitor v
    cross join visited d
    where ${known(sql`v.details`)} is distinct from ${known(sql`v.was`)}
      and not exists (
        select from chatbot b
        where b.workspace_id = ${workspaceId}::uuid and b.agent_id = d.agent_id
          and b.content #>> '{settings,disableLeadNotifications}' = 'true'
      )
  ),
  ${owedDeliveries({ workspaceId, messages: null, callbacks: null, threads: "thread_news" })}`
