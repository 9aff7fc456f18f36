import type { Acceptance, ContactId, DialogId, TurnId } from "@butler/domain"
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"
import { owedDeliveries } from "../webhook/owedDeliveries.ts"
import { countedMessage } from "../whitelabel/messageUse.ts"
import { type Order, placed } from "./placed.ts"

export interface AcceptedRow {
  readonly dialog_id: DialogId
  readonly contact_id: ContactId
  readonly seq: number
  /** Of the message. */
  readonly created_at: Date
  readonly leased: boolean
  /** Whether people have the dialog. */
  readonly closed: boolean
  /** Whether there is something to send. */
  readonly owes: boolean
}

/** A repeated key breaks its constraint, and so undoes the whole statement. */
const keyed = ({ counted = false, idempotency, turnId, workspaceId }: Acceptance): RawBuilder<unknown> =>
  idempotency === null
    ? sql``
    : sql`
    idempotency_now as (
      insert into idempotency_key (workspace_id, route, key, fingerprint, turn_id, dialog_id)
      select ${workspaceId}::uuid, ${idempotency.route}, ${idempotency.key}, ${idempotency.fingerprint},
             ${turnId}::bigint, d.id
      from dialog_now d${counted ? sql`, counted_now` : sql``}
    ),`

/** The turn's own row: in line, answered by another that waits there, or left to people and so at its end already. */
const turnRow = (acceptance: Acceptance, answeredBy: TurnId | null) => {
  const { agentId, agentVersion, messageId, sendWebhook, turnId, workspaceId } = acceptance
  return answeredBy === null
    ? sql`
      insert into turn (workspace_id, id, dialog_id, seq, contact_id, agent_id, agent_version, inbound_message_id, status,
                        attempts, send_webhook, started_at, finished_at)
      select ${workspaceId}::uuid, ${turnId}::bigint, d.id, case when not l.closed then l.seq end, d.contact_id,
             ${agentId}::bigint, ${agentVersion}::integer, ${messageId}::bigint,
             case when l.closed then 'completed' when l.leased then 'running' else 'queued' end, l.leased::integer,
             ${sendWebhook}::text, case when l.leased then clock_timestamp() end,
             case when l.closed then clock_timestamp() end
      from dialog_now d, lane_now l`
    : sql`
      insert into turn (workspace_id, id, dialog_id, contact_id, agent_id, agent_version, inbound_message_id, status,
                        answered_by, send_webhook, finished_at)
      select ${workspaceId}::uuid, ${turnId}::bigint, d.id, d.contact_id, ${agentId}::bigint, ${agentVersion}::integer,
             ${messageId}::bigint, 'coalesced', ${answeredBy}::bigint, ${sendWebhook}::text, clock_timestamp()
      from dialog_now d`
}

/**
 * Stores all of a turn's beginning in one statement, or nothing; no row when the dialog, or the contact's lack of one,
 * is gone. A taken user, dialog or key breaks its constraint.
 */
export const accept = async (
  db: Kysely<DB>,
  acceptance: Acceptance,
  order: Order = "append",
  answeredBy: TurnId | null = null
): Promise<AcceptedRow | undefined> => {
  const { attachments, channel, extra, messageId, query, turnId, workspaceId } = acceptance
  const { rows } = await sql<AcceptedRow>`
    with ${placed(acceptance, order)},
    ${acceptance.counted === true ? countedMessage(workspaceId) : sql``}
    ${keyed(acceptance)}
    message_now as (
      insert into message (workspace_id, id, dialog_id, seq, turn_id, sender_type, sender_id, content_type, content,
                           attachments, channel, extra)
      select ${workspaceId}::uuid, ${messageId}::bigint, d.id, d.message_count, ${turnId}::bigint, 'contact',
             d.contact_id::text, 'text', ${query}::text, ${json(attachments)}, ${json(channel)},
             ${extra === undefined ? sql`null::jsonb` : json(extra)}
      from dialog_now d
    ),
    turn_now as (${turnRow(acceptance, answeredBy)}
    ),
    event_now as (
      insert into dialog_event (workspace_id, dialog_id, seq, type, payload)
      select ${workspaceId}::uuid, d.id, d.events_before + 1, 'turn.accepted',
             jsonb_build_object('turnId', ${turnId}::text)
      from dialog_now d
      union all
      select ${workspaceId}::uuid, d.id, d.events_before + 2, 'message.created',
             jsonb_build_object('messageId', ${messageId}::text, 'sequence', d.message_count)
      from dialog_now d
      union all
      select ${workspaceId}::uuid, d.id, d.events_before + 3, 'turn.completed',
             jsonb_build_object('turnId', ${turnId}::text)
      from dialog_now d
      join lane_now l on l.closed
    ),
    news as (
      select ${workspaceId}::uuid as workspace_id, d.id as dialog_id, d.conversation_id,
             ${messageId}::bigint as message_id, ${turnId}::bigint as turn_id, d.message_count as seq
      from dialog_now d
    ),
    thread_news as (
      select n.*, d.agent_id, 'ADD_MESSAGE' as event, null::jsonb as details
      from news n, dialog_now d, lane_now l
      where ${answeredBy !== null}::boolean or l.closed
    ),
    ${owedDeliveries({ workspaceId, messages: "news", callbacks: null, threads: "thread_news" })}
    select d.id as dialog_id, d.contact_id, l.seq, l.leased, l.closed,
           now()::timestamptz(3) as created_at, exists (select from owed_now) as owes
    from dialog_now d, lane_now l`.execute(db)
  return rows[0]
}
