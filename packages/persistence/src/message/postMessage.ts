import type { Posting, SystemMessageType } from "@butler/domain"
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import type { MessageRow } from "../dialog/messageRow.ts"
import { json } from "../json.ts"
import { owedDeliveries } from "../webhook/owedDeliveries.ts"

export interface PostedRow extends MessageRow {
  /** Whether there is something to send. */
  readonly owes: boolean
}

/**
 * Holds for `dialog d` while its last message is of another type. Whoever waited for the row finds its count moved on, and so
 * not what was read before the wait.
 */
const lastIsOther = ({ dialogId, workspaceId }: Posting, type: SystemMessageType): RawBuilder<unknown> => sql`
        and d.message_count = (
          select l.message_count from dialog l
          left join message m
            on m.workspace_id = l.workspace_id and m.dialog_id = l.id and m.seq = l.message_count
          where l.workspace_id = ${workspaceId}::uuid and l.id = ${dialogId}
            and m.extra ->> 'systemMessageType' is distinct from ${type}::text
        )`

/**
 * Stores a message that no turn belongs to in one statement; no row when the dialog does not exist, or its last message is of
 * the type that is not to be repeated.
 */
export const postMessage = async (
  db: Kysely<DB>,
  posting: Posting,
  unlessLast?: SystemMessageType
): Promise<PostedRow | undefined> => {
  const { content, contentType, dialogId, extra, messageId, sender, url, workspaceId } = posting
  const { rows } = await sql<PostedRow>`
    with dialog_now as (
      update dialog d set message_count = message_count + 1, event_count = event_count + 1, last_active_at = now()
      where workspace_id = ${workspaceId}::uuid and id = ${dialogId}
        ${unlessLast === undefined ? sql`` : lastIsOther(posting, unlessLast)}
      returning id, agent_id, conversation_id, channel, message_count, event_count
    ),
    message_now as (
      insert into message (workspace_id, id, dialog_id, seq, sender_type, sender_id, content_type, content, url, channel,
                           extra)
      select ${workspaceId}::uuid, ${messageId}::bigint, d.id, d.message_count, ${sender.type},
             coalesce(${sender.id}::text, case when ${sender.type} = 'agent' then d.agent_id::text end),
             ${contentType}, ${content}::text, ${url}::text, d.channel,
             ${extra === undefined ? sql`null::jsonb` : json(extra)}
      from dialog_now d
      returning id, dialog_id, seq, turn_id, sender_type, sender_id, content_type, content, url, attachments, channel,
                created_at
    ),
    event_now as (
      insert into dialog_event (workspace_id, dialog_id, seq, type, payload)
      select ${workspaceId}::uuid, d.id, d.event_count, 'message.created',
             jsonb_build_object('messageId', ${messageId}::text, 'sequence', d.message_count)
      from dialog_now d
    ),
    news as (
      select ${workspaceId}::uuid as workspace_id, d.id as dialog_id, d.conversation_id,
             ${messageId}::bigint as message_id, null::bigint as turn_id, d.message_count as seq, d.agent_id,
             'ADD_MESSAGE' as event, null::jsonb as details
      from dialog_now d
    ),
    ${owedDeliveries({ workspaceId, messages: "news", callbacks: null, threads: "news" })}
    select m.*, null::jsonb as agent_logs, exists (select from owed_now) as owes from message_now m`.execute(db)
  return rows[0]
}
