import type { DialogId, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"

/** The matter is settled: what comes next is another conversation, of an id as `Ids` makes them. */
export const resolveDialog = (db: Kysely<DB>, workspaceId: WorkspaceId, dialogId: DialogId) =>
  sql`
    with dialog_now as (
      update dialog set
        conversation_id = 'c' || left(replace(gen_random_uuid()::text, '-', ''), 23),
        event_count = event_count + 1
      where workspace_id = ${workspaceId}::uuid and id = ${dialogId}
      returning event_count, conversation_id, message_count
    ),
    thread_now as (
      insert into thread (workspace_id, dialog_id, resolved_at)
      select ${workspaceId}::uuid, ${dialogId}, d.message_count from dialog_now d
      on conflict on constraint thread_pkey do update set resolved_at = excluded.resolved_at
    )
    insert into dialog_event (workspace_id, dialog_id, seq, type, payload)
    select ${workspaceId}::uuid, ${dialogId}, d.event_count, 'dialog.resolved',
           jsonb_build_object('nextConversationId', d.conversation_id)
    from dialog_now d`.execute(db)
