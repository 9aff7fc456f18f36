import type { ContactId, DialogId, Memory, MemoryId, MemoryQuery, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { memoryColumns, ownerOf } from "./memoryColumns.ts"

const none = sql``

/** Newest first. */
export const listMemories = async (
  db: Kysely<DB>,
  { after, contactId, limit, workspaceId }: MemoryQuery
): Promise<ReadonlyArray<Memory>> => {
  const { rows } = await sql<Memory>`
    select ${memoryColumns} from contact_memory m
    where m.workspace_id = ${workspaceId}::uuid and m.contact_id = ${ownerOf(workspaceId, contactId)}
      ${after === null ? none : sql`and (m.created_at, m.id) < (${after.createdAt}::timestamptz, ${after.id}::bigint)`}
    order by m.created_at desc, m.id desc
    limit ${limit}::integer`.execute(db)
  return rows
}

export const updateMemory = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  contactId: ContactId,
  id: MemoryId,
  text: string
): Promise<Memory | undefined> => {
  const { rows } = await sql<Memory>`
    update contact_memory m set text = ${text}, updated_at = now()
    where m.workspace_id = ${workspaceId}::uuid and m.contact_id = ${ownerOf(workspaceId, contactId)}
      and m.id = ${id}::bigint
    returning ${memoryColumns}`.execute(db)
  return rows[0]
}

/** Answers how many there were of them. */
export const removeMemories = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  contactId: ContactId,
  ids: ReadonlyArray<MemoryId>
): Promise<number> => {
  const { rows } = await sql`
    delete from contact_memory
    where workspace_id = ${workspaceId}::uuid and contact_id = ${ownerOf(workspaceId, contactId)}
      and id = any(${[...ids]}::bigint[])
    returning 1`.execute(db)
  return rows.length
}

export const readThrough = async (db: Kysely<DB>, workspaceId: WorkspaceId, dialogId: DialogId): Promise<number> => {
  const { rows } = await sql<{ readonly through_seq: number }>`
    select through_seq from dialog_distilled
    where workspace_id = ${workspaceId}::uuid and dialog_id = ${dialogId}`.execute(db)
  return rows[0]?.through_seq ?? 0
}

/** Moves the mark, if it is where it is thought to be. Answers the dialog's contact then. */
export const moveMark = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  dialogId: DialogId,
  from: number,
  through: number
): Promise<ContactId | undefined> => {
  const { rows } = await sql<{ readonly contact_id: ContactId }>`
    with moved as (
      insert into dialog_distilled as mark (workspace_id, dialog_id, through_seq)
      select workspace_id, id, ${through}::integer from dialog
      where workspace_id = ${workspaceId}::uuid and id = ${dialogId}
      on conflict on constraint dialog_distilled_pkey do update set through_seq = excluded.through_seq
        where mark.through_seq = ${from}::integer
      returning dialog_id
    )
    select d.contact_id from moved m
    join dialog d on d.workspace_id = ${workspaceId}::uuid and d.id = m.dialog_id`.execute(db)
  return rows[0]?.contact_id
}
