import type { DialogId, DialogMode, HandoverRequest, TurnId, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"

export interface Keeping {
  readonly mode: DialogMode
  readonly escalated: boolean
}

/** Undefined for a dialog that does not exist. Only true for as long as the dialog's lane is locked, and read after that. */
export const keepingOf = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  dialogId: DialogId
): Promise<Keeping | undefined> => {
  const { rows } = await sql<Keeping>`
    select d.mode, t.escalated_at is not null as escalated
    from dialog d
    left join thread t on t.workspace_id = d.workspace_id and t.dialog_id = d.id
    where d.workspace_id = ${workspaceId}::uuid and d.id = ${dialogId}`.execute(db)
  return rows[0]
}

/** Closes the lane, whoever holds its head, and ends as cancelled what was open in it. The lane is locked already. */
export const closeDialog = async (
  db: Kysely<DB>,
  { dialogId, reason, workspaceId }: HandoverRequest,
  open: ReadonlyArray<TurnId>
): Promise<void> => {
  const turnIds = sql`any(${[...open]}::bigint[])`
  await sql`
    with lane_now as (
      update lane set
        closed = true,
        done_seq = last_seq,
        attempts = 0,
        lease_token = null,
        next_at = 'infinity'
      where workspace_id = ${workspaceId}::uuid and kind = 'turn' and key = ${dialogId}
    ),
    turn_now as (
      update turn set status = 'cancelled', finished_at = clock_timestamp()
      where workspace_id = ${workspaceId}::uuid and id = ${turnIds}
      returning id, seq
    ),
    progress_now as (
      delete from turn_progress where workspace_id = ${workspaceId}::uuid and turn_id = ${turnIds}
    ),
    dialog_now as (
      update dialog set
        mode = 'human',
        handover_reason = ${reason}::text,
        handed_over_at = clock_timestamp(),
        event_count = event_count + ${open.length + 1}::integer,
        last_active_at = now()
      where workspace_id = ${workspaceId}::uuid and id = ${dialogId}
      returning event_count
    )
    insert into dialog_event (workspace_id, dialog_id, seq, type, payload)
    select ${workspaceId}::uuid, ${dialogId}, d.event_count - 1 - ${open.length}::integer + row_number() over (order by t.seq),
           'turn.cancelled', jsonb_build_object('turnId', t.id::text)
    from dialog_now d, turn_now t
    union all
    select ${workspaceId}::uuid, ${dialogId}, d.event_count, 'dialog.handed_over',
           jsonb_build_object('reason', ${reason}::text)
    from dialog_now d`.execute(db)
}

/** Opens the lane again; the agent's context begins behind what has been said. The lane is locked already. */
export const reopenDialog = async (db: Kysely<DB>, workspaceId: WorkspaceId, dialogId: DialogId): Promise<void> => {
  await sql`
    with lane_now as (
      update lane set closed = false
      where workspace_id = ${workspaceId}::uuid and kind = 'turn' and key = ${dialogId}
    ),
    dialog_now as (
      update dialog set
        mode = 'ai',
        handover_reason = null,
        handed_over_at = null,
        context_start = message_count,
        event_count = event_count + 1
      where workspace_id = ${workspaceId}::uuid and id = ${dialogId}
      returning event_count
    )
    insert into dialog_event (workspace_id, dialog_id, seq, type, payload)
    select ${workspaceId}::uuid, ${dialogId}, d.event_count, 'dialog.handed_back', '{}'
    from dialog_now d`.execute(db)
}
