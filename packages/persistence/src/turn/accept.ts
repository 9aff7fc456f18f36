import type { Acceptance, ContactId, DialogId, Placement } from "@butler/domain"
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"
import { firstDue, tokenOf } from "../lane/leaseColumns.ts"
import { owedDeliveries } from "../webhook/owedDeliveries.ts"

export interface AcceptedRow {
  readonly dialog_id: DialogId
  readonly contact_id: ContactId
  readonly seq: number
  readonly leased: boolean
  /** Whether there is something to send. */
  readonly owes: boolean
}

type Of<Tag extends Placement["_tag"]> = Extract<Placement, { readonly _tag: Tag }>

/**
 * The lane's row is locked first: it makes seq the order of commits, and one order of locks for all. Then dialog, then
 * contact.
 */
const inExistingDialog = ({ lease, workspaceId }: Acceptance, { dialogId }: Of<"ExistingDialog">) => sql`
  lane_now as (
    update lane set
      last_seq = last_seq + 1,
      attempts = case when next_at = 'infinity' then ${lease === null ? 0 : 1}::integer else attempts end,
      lease_token = case when next_at = 'infinity' then ${tokenOf(lease)} else lease_token end,
      next_at = case when next_at = 'infinity' then ${firstDue(lease)} else next_at end
    where workspace_id = ${workspaceId}::uuid and kind = 'turn' and key = ${dialogId}
    returning last_seq as seq, coalesce(lease_token = ${tokenOf(lease)}, false) as leased
  ),
  dialog_now as (
    update dialog d set message_count = message_count + 1, event_count = event_count + 2, last_active_at = now()
    from lane_now
    where d.workspace_id = ${workspaceId}::uuid and d.id = ${dialogId}
    returning d.id, d.contact_id, d.conversation_id, d.message_count, d.event_count
  ),
  contact_now as (
    update contact c set active_dialog_id = d.id
    from dialog_now d
    where c.workspace_id = ${workspaceId}::uuid and c.id = d.contact_id and c.active_dialog_id is distinct from d.id
  )`

const newDialog = ({ channel, lease, workspaceId }: Acceptance, { dialog }: Of<"NewDialog"> | Of<"NewContact">) => sql`
  dialog_now as (
    insert into dialog (workspace_id, id, contact_id, channel, channel_id, session_id, conversation_id,
                        message_count, event_count)
    select ${workspaceId}::uuid, ${dialog.id}, c.id, ${json(channel)}, ${dialog.channelId}, ${dialog.sessionId},
           ${dialog.conversationId}, 1, 2
    from contact_now c
    returning id, contact_id, conversation_id, message_count, event_count
  ),
  lane_now as (
    insert into lane (workspace_id, kind, key, last_seq, done_seq, attempts, lease_token, next_at)
    select ${workspaceId}::uuid, 'turn', d.id, 1, 0, ${lease === null ? 0 : 1}::integer, ${tokenOf(lease)}, ${firstDue(lease)}
    from dialog_now d
    returning last_seq as seq, lease_token is not null as leased
  )`

const inNewDialog = (acceptance: Acceptance, placement: Of<"NewDialog">) => sql`
  contact_now as (
    update contact set active_dialog_id = ${placement.dialog.id}
    where workspace_id = ${acceptance.workspaceId}::uuid and id = ${placement.contactId}::bigint
      and (not ${placement.onlyIfNone}::boolean or active_dialog_id is null)
    returning id
  ),
  ${newDialog(acceptance, placement)}`

const ofNewContact = (acceptance: Acceptance, placement: Of<"NewContact">) => sql`
  contact_now as (
    insert into contact (workspace_id, id, user_id, active_dialog_id)
    values (${acceptance.workspaceId}::uuid, ${placement.contactId}::bigint, ${placement.userId}::text,
            ${placement.dialog.id})
    returning id
  ),
  ${newDialog(acceptance, placement)}`

const placed = (acceptance: Acceptance): RawBuilder<unknown> => {
  const { placement } = acceptance
  switch (placement._tag) {
    case "ExistingDialog":
      return inExistingDialog(acceptance, placement)
    case "NewDialog":
      return inNewDialog(acceptance, placement)
    case "NewContact":
      return ofNewContact(acceptance, placement)
  }
}

/**
 * Stores all of a turn's beginning in one statement, or nothing; no row when the dialog, or the contact's lack of one,
 * is gone. A taken user or dialog id breaks its constraint.
 */
export const accept = async (db: Kysely<DB>, acceptance: Acceptance): Promise<AcceptedRow | undefined> => {
  const { agentId, attachments, channel, messageId, query, sendWebhook, turnId, workspaceId } = acceptance
  const { rows } = await sql<AcceptedRow>`
    with ${placed(acceptance)},
    message_now as (
      insert into message (workspace_id, id, dialog_id, seq, turn_id, sender_type, sender_id, content_type, content,
                           attachments, channel)
      select ${workspaceId}::uuid, ${messageId}::bigint, d.id, d.message_count, ${turnId}::bigint, 'contact',
             d.contact_id::text, 'text', ${query}::text, ${json(attachments)}, ${json(channel)}
      from dialog_now d
    ),
    turn_now as (
      insert into turn (workspace_id, id, dialog_id, seq, contact_id, agent_id, inbound_message_id, status, attempts,
                        send_webhook, started_at)
      select ${workspaceId}::uuid, ${turnId}::bigint, d.id, l.seq, d.contact_id, ${agentId}::bigint,
             ${messageId}::bigint, case when l.leased then 'running' else 'queued' end, l.leased::integer,
             ${sendWebhook}::text, case when l.leased then clock_timestamp() end
      from dialog_now d, lane_now l
    ),
    event_now as (
      insert into dialog_event (workspace_id, dialog_id, seq, type, payload)
      select ${workspaceId}::uuid, d.id, d.event_count - 1, 'turn.accepted',
             jsonb_build_object('turnId', ${turnId}::text)
      from dialog_now d
      union all
      select ${workspaceId}::uuid, d.id, d.event_count, 'message.created',
             jsonb_build_object('messageId', ${messageId}::text, 'sequence', d.message_count)
      from dialog_now d
    ),
    news as (
      select ${workspaceId}::uuid as workspace_id, d.id as dialog_id, d.conversation_id,
             ${messageId}::bigint as message_id, ${turnId}::bigint as turn_id, d.message_count as seq
      from dialog_now d
    ),
    ${owedDeliveries({ messages: "news", callbacks: null })}
    select d.id as dialog_id, d.contact_id, l.seq, l.leased, exists (select from owed_now) as owes
    from dialog_now d, lane_now l`.execute(db)
  return rows[0]
}
