import type { TurnId, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { owedDeliveries } from "../webhook/owedDeliveries.ts"

/**
 * Owes a callback to everyone who asked for one and will get no answer, since these turns were cancelled: for the turns, and
 * for those they were to answer for. The chatbot's webhook is told of each question that stays without an answer. In the transaction that cancels them; true when there is something to send.
 */
export const tellCancelled = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  turnIds: ReadonlyArray<TurnId>
): Promise<boolean> => {
  const { rows } = await sql<{ readonly owes: boolean }>`
    with cancelled as (
      select unnest(${[...turnIds]}::text[])::bigint as id
    ),
    called_back as (
      select o.workspace_id, o.dialog_id, d.conversation_id, null::bigint as message_id, o.id as turn_id,
             d.message_count as seq
      from cancelled c
      join turn o on o.workspace_id = ${workspaceId}::uuid and (o.id = c.id or o.answered_by = c.id)
      join dialog d on d.workspace_id = o.workspace_id and d.id = o.dialog_id
      where o.send_webhook is not null
    ),
    thread_news as (
      select t.workspace_id, t.dialog_id, d.conversation_id, t.inbound_message_id as message_id, t.id as turn_id, t.seq,
             d.agent_id, 'ADD_MESSAGE' as event, null::jsonb as details
      from cancelled c
      join turn t on t.workspace_id = ${workspaceId}::uuid and t.id = c.id
      join dialog d on d.workspace_id = t.workspace_id and d.id = t.dialog_id
    ),
    ${owedDeliveries({ workspaceId, messages: null, callbacks: "called_back", threads: "thread_news" })}
    select exists (select from owed_now) as owes`.execute(db)
  return rows[0]?.owes === true
}
