import { type DialogId, inThread, type ThreadMessage, type TurnId, type WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { recordedColumns, type RecordedRow, toRecorded } from "./recordedMessage.ts"

/** The latest exchanges of a thread, made of its latest messages, oldest first. */
export const threadMessages = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  threadId: DialogId,
  limit: number
): Promise<ReadonlyArray<ThreadMessage>> => {
  const { rows } = await sql<RecordedRow>`
    select ${recordedColumns}
    from message m
    left join turn t on t.workspace_id = m.workspace_id and t.id = m.turn_id
    where m.workspace_id = ${workspaceId}::uuid and m.dialog_id = ${threadId}
    order by m.seq desc
    limit ${limit}::integer`.execute(db)
  return inThread(rows.map(toRecorded).toReversed())
}

/** The exchange that a turn is. */
export const turnMessage = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  turnId: TurnId
): Promise<ThreadMessage | undefined> => {
  const { rows } = await sql<RecordedRow>`
    select ${recordedColumns}
    from message m
    join turn t on t.workspace_id = m.workspace_id and t.id = m.turn_id
    where m.workspace_id = ${workspaceId}::uuid and m.turn_id = ${turnId}::bigint
    order by m.seq`.execute(db)
  return inThread(rows.map(toRecorded))[0]
}

/** The last exchange of each thread: that of its last message. */
export const lastMessages = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  threadIds: ReadonlyArray<DialogId>
): Promise<ReadonlyMap<DialogId, ThreadMessage>> => {
  const { rows } = await sql<RecordedRow>`
    with last as materialized (
      select l.*
      from unnest(${threadIds}::text[]) as thread (id)
      cross join lateral (
        select m.id, m.turn_id from message m
        where m.workspace_id = ${workspaceId}::uuid and m.dialog_id = thread.id
        order by m.seq desc
        limit 1
      ) l
    )
    select ${recordedColumns}, m.seq
    from last l
    join message m on m.workspace_id = ${workspaceId}::uuid and m.turn_id = l.turn_id
    left join turn t on t.workspace_id = m.workspace_id and t.id = m.turn_id
    union all
    select ${recordedColumns}, m.seq
    from last l
    join message m on m.workspace_id = ${workspaceId}::uuid and m.id = l.id
    left join turn t on t.workspace_id = m.workspace_id and t.id = m.turn_id
    where l.turn_id is null
    order by seq`.execute(db)
  return new Map(inThread(rows.map(toRecorded)).map((message) => [message.threadId, message]))
}
