import { detailsOf, type NewThread } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

/** Contact, dialog and lane of a thread that nothing was said in yet, in one statement. A taken id breaks its constraint. */
export const createThread = (db: Kysely<DB>, thread: NewThread) => {
  const { channel, chatbotId, contactId, dialog, mode, userId, workspaceId } = thread
  const details = detailsOf(thread.chatUser)
  const human = mode === "AGENT"
  return sql`
    with known as (
      update contact set active_dialog_id = ${dialog.id}, details = details || ${json(details)}
      where workspace_id = ${workspaceId}::uuid and user_id = ${userId}::text
      returning id
    ),
    contact_now as (
      insert into contact (workspace_id, id, user_id, active_dialog_id, details)
      select ${workspaceId}::uuid, ${contactId}::bigint, ${userId}::text, ${dialog.id}, ${json(details)}
      where not exists (select from known)
      returning id
    ),
    dialog_now as (
      insert into dialog (workspace_id, id, contact_id, agent_id, channel, channel_id, session_id, conversation_id, mode,
                          handover_reason, handed_over_at)
      select ${workspaceId}::uuid, ${dialog.id}, w.id, ${chatbotId}::bigint, ${json(channel)}, ${dialog.channelId},
             ${dialog.sessionId}, ${dialog.conversationId}, ${human ? "human" : "ai"}, ${human ? "chat mode" : null}::text,
             ${human ? sql`now()` : sql`null::timestamptz`}
      from (select id from known union all select id from contact_now) w
      returning id
    )
    insert into lane (workspace_id, kind, key, last_seq, done_seq, attempts, next_at, closed)
    select ${workspaceId}::uuid, 'turn', d.id, 0, 0, 0, 'infinity', ${human}::boolean
    from dialog_now d`.execute(db)
}
