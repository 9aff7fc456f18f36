import type { DialogId, OpenTurn, TurnId, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { owedDeliveries } from "../webhook/owedDeliveries.ts"

/** Holds the dialog's order still for the rest of the transaction. */
export const lockLane = (db: Kysely<DB>, workspaceId: WorkspaceId, dialogId: DialogId) =>
  sql`
    select from lane where workspace_id = ${workspaceId}::uuid and kind = 'turn' and key = ${dialogId}
    for update`.execute(db)

/** In the dialog's order. Only true for as long as the lane is locked, and read after that. */
export const openTurns = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  dialogId: DialogId
): Promise<ReadonlyArray<OpenTurn>> => {
  const { rows } = await sql<OpenTurn>`
    select t.id, t.status
    from lane l
    join turn t on t.workspace_id = l.workspace_id and t.dialog_id = l.key and t.seq > l.done_seq
    where l.workspace_id = ${workspaceId}::uuid and l.kind = 'turn' and l.key = ${dialogId}
      and t.status in ('queued', 'running')
    order by t.seq`.execute(db)
  return rows
}

export interface Superseded {
  /** What the turns asked, in order. */
  readonly queries: ReadonlyArray<string>
  /** Whether there is something to send. */
  readonly owes: boolean
}

/** Ends open turns for another that answers for them and for what they would have answered for. */
export const supersede = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  dialogId: DialogId,
  turnIds: ReadonlyArray<TurnId>,
  by: TurnId
): Promise<Superseded> => {
  const open = sql`any(${[...turnIds]}::bigint[])`
  const { rows } = await sql<{ readonly content: string; readonly owes: boolean }>`
    with dialog_now as (
      update dialog set event_count = event_count + ${turnIds.length}::integer
      where workspace_id = ${workspaceId}::uuid and id = ${dialogId}
      returning agent_id, conversation_id, event_count - ${turnIds.length}::integer as events_before
    ),
    superseded as (
      update turn set status = 'superseded', answered_by = ${by}::bigint, finished_at = clock_timestamp()
      where workspace_id = ${workspaceId}::uuid and id = ${open}
      returning id, seq, inbound_message_id
    ),
    progress_now as (
      delete from turn_progress where workspace_id = ${workspaceId}::uuid and turn_id = ${open}
    ),
    joined as (
      update turn set answered_by = ${by}::bigint
      where workspace_id = ${workspaceId}::uuid and answered_by = ${open}
      returning inbound_message_id
    ),
    event_now as (
      insert into dialog_event (workspace_id, dialog_id, seq, type, payload)
      select ${workspaceId}::uuid, ${dialogId}, d.events_before + row_number() over (order by s.seq), 'turn.superseded',
             jsonb_build_object('turnId', s.id::text)
      from dialog_now d, superseded s
    ),
    thread_news as (
      select ${workspaceId}::uuid as workspace_id, ${dialogId}::text as dialog_id, d.conversation_id,
             s.inbound_message_id as message_id, s.id as turn_id, s.seq, d.agent_id, 'ADD_MESSAGE' as event,
             null::jsonb as details
      from dialog_now d, superseded s
    ),
    ${owedDeliveries({ workspaceId, messages: null, callbacks: null, threads: "thread_news" })}
    select m.content, exists (select from owed_now) as owes
    from (select inbound_message_id from superseded union all select inbound_message_id from joined) asked
    join message m on m.workspace_id = ${workspaceId}::uuid and m.id = asked.inbound_message_id
    order by m.seq`.execute(db)
  return { queries: rows.map((row) => row.content), owes: rows[0]?.owes === true }
}
