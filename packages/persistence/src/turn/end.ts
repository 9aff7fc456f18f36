import { type RunnableTurn, type Timeline, type TurnEnding, type TurnId, useOf, type WorkspaceId } from "@butler/domain"
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"
import { headDone } from "../lane/leaseColumns.ts"
import { addModelUse } from "../model/addModelUse.ts"
import { owedDeliveries } from "../webhook/owedDeliveries.ts"

export interface EndedRow {
  /** Whether the dialog has another turn to run. */
  readonly more: boolean
  /** When the replies were stored. */
  readonly replied_at: Date
  /** Whether there is something to send. */
  readonly owes: boolean
}

/**
 * Who asked to be called back, for this turn or for one that it answers for, is told of each reply, or once that the turn
 * has failed.
 */
const calledBack = (workspaceId: WorkspaceId, turnId: TurnId, failed: boolean): RawBuilder<unknown> => sql`
      select n.workspace_id, n.dialog_id, n.conversation_id, n.message_id, o.id as turn_id, n.seq
      from ${
        failed
          ? sql`(select ${workspaceId}::uuid as workspace_id, d.id as dialog_id, d.conversation_id,
                        null::bigint as message_id, d.messages_before as seq
                 from dialog_now d)`
          : sql`news`
      } n
      join turn o
        on o.workspace_id = ${workspaceId}::uuid and (o.id = ${turnId}::bigint or o.answered_by = ${turnId}::bigint)
      where o.send_webhook is not null`

/** Publishes an outcome in one statement, or nothing. Fenced by the lease: undefined when it is lost. */
export const end = async (
  db: Kysely<DB>,
  turn: RunnableTurn,
  ending: TurnEnding,
  timeline: Timeline
): Promise<EndedRow | undefined> => {
  const { agent, channel, contactId, dialogId, id, lease, workspaceId } = turn
  const use = useOf(ending.steps)
  const replies = ending.status === "completed" ? ending.replies : []
  const error = ending.status === "failed" ? json(ending.error) : sql`null::jsonb`
  const { rows } = await sql<EndedRow>`
    with lane_now as (
      update lane set
        ${headDone}
      where workspace_id = ${workspaceId}::uuid and kind = 'turn' and key = ${lease.key}
        and lease_token = ${lease.token}::bigint
      returning last_seq > done_seq as more
    ),
    dialog_now as (
      update dialog d set
        message_count = message_count + ${replies.length}::integer,
        event_count = event_count + ${replies.length + 1}::integer,
        last_active_at = now()
      from lane_now
      where d.workspace_id = ${workspaceId}::uuid and d.id = ${dialogId}
      returning d.id, d.agent_id, d.conversation_id, d.message_count - ${replies.length}::integer as messages_before,
                d.event_count - ${replies.length + 1}::integer as events_before
    ),
    turn_now as (
      update turn t set
        status = ${ending.status},
        agent_logs = ${json(ending.agentLogs)},
        steps = ${json(ending.steps)},
        timeline = ${json(timeline)},
        error = ${error},
        finished_at = clock_timestamp()
      from dialog_now
      where t.workspace_id = ${workspaceId}::uuid and t.id = ${id}::bigint
      returning t.inbound_message_id
    ),
    progress_now as (
      delete from turn_progress p
      using lane_now
      where p.workspace_id = ${workspaceId}::uuid and p.turn_id = ${id}::bigint
    ),
    checkpoints_now as (
      delete from turn_checkpoint c
      using lane_now
      where c.workspace_id = ${workspaceId}::uuid and c.turn_id = ${id}::bigint
    ),
    ${use.calls === 0 ? sql`` : addModelUse(workspaceId, contactId, use)}
    reply as (
      select (r.item ->> 'id')::bigint as id, r.item ->> 'contentType' as content_type, r.item ->> 'content' as content,
             r.item ->> 'url' as url, r.place::integer as place
      from jsonb_array_elements(${json(replies)}) with ordinality as r (item, place)
    ),
    message_now as (
      insert into message (workspace_id, id, dialog_id, seq, turn_id, sender_type, sender_id, content_type, content,
                           url, channel)
      select ${workspaceId}::uuid, r.id, d.id, d.messages_before + r.place, ${id}::bigint, 'agent', ${agent.id}::text,
             r.content_type, r.content, r.url, ${json(channel)}
      from dialog_now d, reply r
    ),
    event_now as (
      insert into dialog_event (workspace_id, dialog_id, seq, type, payload)
      select ${workspaceId}::uuid, d.id, d.events_before + r.place, 'message.created',
             jsonb_build_object('messageId', r.id::text, 'sequence', d.messages_before + r.place)
      from dialog_now d, reply r
      union all
      select ${workspaceId}::uuid, d.id, d.events_before + ${replies.length + 1}::integer,
             ${`turn.${ending.status}`}::text, jsonb_build_object('turnId', ${id}::text)
      from dialog_now d
    ),
    news as (
      select ${workspaceId}::uuid as workspace_id, d.id as dialog_id, d.conversation_id, r.id as message_id,
             ${id}::bigint as turn_id, d.messages_before + r.place as seq
      from dialog_now d, reply r
    ),
    thread_news as (
      select ${workspaceId}::uuid as workspace_id, d.id as dialog_id, d.conversation_id, t.inbound_message_id as message_id,
             ${id}::bigint as turn_id, d.messages_before as seq, d.agent_id, 'ADD_MESSAGE' as event, null::jsonb as details
      from dialog_now d, turn_now t
    ),
    called_back as (${calledBack(workspaceId, id, ending.status === "failed")}),
    ${owedDeliveries({ workspaceId, messages: "news", callbacks: "called_back", threads: "thread_news" })}
    select more, now()::timestamptz(3) as replied_at, exists (select from owed_now) as owes from lane_now`.execute(db)
  return rows[0]
}
