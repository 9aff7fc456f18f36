import type { Acceptance, Placement } from "@butler/domain"
import { type RawBuilder, sql } from "kysely"
import { json } from "../json.ts"
import { firstDue, inMillis, tokenOf } from "../lane/leaseColumns.ts"

type Of<Tag extends Placement["_tag"]> = Extract<Placement, { readonly _tag: Tag }>

const quietColumns = (quietMs: number): RawBuilder<unknown> =>
  quietMs > 0
    ? sql`
    quiet_seq = case when closed then quiet_seq else last_seq + 1 end,
    quiet_until = case when closed then quiet_until else ${inMillis(quietMs)} end,`
    : sql``

/** The turn's place behind all others; leased to the caller when the lane was idle. A closed lane takes none in. */
const appended = ({ lease, quietMs }: Acceptance) => sql`
  update lane set
    last_seq = case when closed then last_seq else last_seq + 1 end,
    ${quietColumns(quietMs)}
    attempts = case when next_at = 'infinity' and not closed then ${lease === null ? 0 : 1}::integer else attempts end,
    lease_token = case when next_at = 'infinity' and not closed then ${tokenOf(lease)} else lease_token end,
    next_at = case when next_at = 'infinity' and not closed then ${firstDue(lease, quietMs)} else next_at end`

/** The turn in place of all that were open, whoever held the head. */
const superseding = ({ lease }: Acceptance) => sql`
  update lane set
    done_seq = last_seq,
    last_seq = last_seq + 1,
    attempts = ${lease === null ? 0 : 1}::integer,
    lease_token = ${tokenOf(lease)},
    next_at = ${firstDue(lease, 0)}`

/** No place of its own; a quiet time begins again when the turn it joins is a head that has not started. */
const joined = ({ quietMs }: Acceptance) =>
  quietMs === 0
    ? sql`update lane set last_seq = last_seq`
    : sql`
  update lane set
    quiet_seq = last_seq,
    quiet_until = ${inMillis(quietMs)},
    next_at = case
      when lease_token is null and attempts = 0 and last_seq = done_seq + 1 then ${inMillis(quietMs)}
      else next_at
    end`

export type Order = "append" | "supersede" | "join"

const changes = { append: appended, supersede: superseding, join: joined }

/**
 * The lane's row is locked first: it makes seq the order of commits, and one order of locks for all. Then dialog, then
 * contact.
 */
const inExistingDialog = (acceptance: Acceptance, { dialogId }: Of<"ExistingDialog">, order: Order) => sql`
  lane_now as (
    ${changes[order](acceptance)}
    where workspace_id = ${acceptance.workspaceId}::uuid and kind = 'turn' and key = ${dialogId}
    returning last_seq as seq, coalesce(lease_token = ${tokenOf(acceptance.lease)}, false) as leased, closed
  ),
  dialog_now as (
    update dialog d set
      message_count = message_count + 1,
      event_count = event_count + case when l.closed then 3 else 2 end,
      last_active_at = now()
    from lane_now l
    where d.workspace_id = ${acceptance.workspaceId}::uuid and d.id = ${dialogId}
    returning d.id, d.contact_id, d.agent_id, d.conversation_id, d.message_count,
              d.event_count - case when l.closed then 3 else 2 end as events_before
  ),
  contact_now as (
    update contact c set active_dialog_id = d.id
    from dialog_now d
    where c.workspace_id = ${acceptance.workspaceId}::uuid and c.id = d.contact_id
      and c.active_dialog_id is distinct from d.id
    returning c.id
  )`

const newDialog = (
  { agentId, channel, lease, quietMs, workspaceId }: Acceptance,
  { dialog }: Of<"NewDialog"> | Of<"NewContact">
) => sql`
  dialog_now as (
    insert into dialog (workspace_id, id, contact_id, agent_id, channel, channel_id, session_id, conversation_id,
                        message_count, event_count)
    select ${workspaceId}::uuid, ${dialog.id}, c.id, ${agentId}::bigint, ${json(channel)}, ${dialog.channelId},
           ${dialog.sessionId}, ${dialog.conversationId}, 1, 2
    from contact_now c
    returning id, contact_id, agent_id, conversation_id, message_count, event_count - 2 as events_before
  ),
  lane_now as (
    insert into lane (workspace_id, kind, key, last_seq, done_seq, attempts, lease_token, next_at)
    select ${workspaceId}::uuid, 'turn', d.id, 1, 0, ${lease === null ? 0 : 1}::integer, ${tokenOf(lease)},
           ${firstDue(lease, quietMs)}
    from dialog_now d
    returning last_seq as seq, lease_token is not null as leased, closed
  )`

const inNewDialog = (acceptance: Acceptance, placement: Of<"NewDialog">) => sql`
  contact_now as (
    update contact set active_dialog_id = ${placement.dialog.id}
    where workspace_id = ${acceptance.workspaceId}::uuid and id = ${placement.contactId}::bigint
      and merged_into is null and (not ${placement.onlyIfNone}::boolean or active_dialog_id is null)
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

/** The CTEs that place a turn: `lane_now` (seq, leased, closed), `dialog_now` (id, contact_id, agent_id and its counts) and the contact's. */
export const placed = (acceptance: Acceptance, order: Order): RawBuilder<unknown> => {
  const { placement } = acceptance
  switch (placement._tag) {
    case "ExistingDialog":
      return inExistingDialog(acceptance, placement, order)
    case "NewDialog":
      return inNewDialog(acceptance, placement)
    case "NewContact":
      return ofNewContact(acceptance, placement)
  }
}
