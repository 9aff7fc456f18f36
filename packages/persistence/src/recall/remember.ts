import { type ContactId, type Memory, MOST_MEMORIES, type NewMemory, type WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { memoryColumns } from "./memoryColumns.ts"

/**
 * Keeps facts about a contact, or what it was merged into; a fact that is kept already is confirmed. Answers what is kept, nothing
 * where there is no such contact. Two at once may keep the same fact twice.
 */
export const remember = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  contactId: ContactId,
  facts: ReadonlyArray<NewMemory>
): Promise<ReadonlyArray<Memory>> => {
  const ids = facts.map(({ id }) => id)
  const texts = facts.map(({ text }) => text)
  const sources = facts.map(({ sourceMessageId }) => sourceMessageId)
  const { rows } = await sql<Memory>`
    with owner as (
      select coalesce(merged_into, id) as id from contact
      where workspace_id = ${workspaceId}::uuid and id = ${contactId}::bigint
    ),
    told as (
      select distinct on (lower(t.text)) o.id as contact_id, t.id, t.text, t.source_message_id
      from owner o, unnest(${ids}::bigint[], ${texts}::text[], ${sources}::bigint[]) as t (id, text, source_message_id)
      order by lower(t.text), t.id
    ),
    confirmed as (
      update contact_memory m set
        updated_at = now(), source_message_id = coalesce(t.source_message_id, m.source_message_id)
      from told t
      where m.workspace_id = ${workspaceId}::uuid and m.contact_id = t.contact_id and lower(m.text) = lower(t.text)
      returning m.*
    ),
    made as (
      insert into contact_memory (workspace_id, contact_id, id, text, source_message_id)
      select ${workspaceId}::uuid, t.contact_id, t.id, t.text, t.source_message_id from told t
      where not exists (select from confirmed c where lower(c.text) = lower(t.text))
      returning *
    ),
    forgotten as (
      delete from contact_memory m
      where m.workspace_id = ${workspaceId}::uuid and (m.contact_id, m.id) in (
        select old.contact_id, old.id from contact_memory old
        where old.workspace_id = ${workspaceId}::uuid and old.contact_id = (select id from owner)
          and old.id not in (select id from confirmed)
        order by old.updated_at desc, old.id desc
        offset (select greatest(${MOST_MEMORIES}::integer - count(*), 0) from told)
      )
    )
    select ${memoryColumns} from confirmed m union all select ${memoryColumns} from made m`.execute(db)
  return rows
}
