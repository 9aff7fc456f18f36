import type { ContactId, WorkspaceId } from "@butler/domain"
import { sql } from "kysely"

/** Of a memory `m`. */
export const memoryColumns = sql`
  m.id, m.contact_id as "contactId", m.text, m.source_message_id as "sourceMessageId", m.created_at as "createdAt",
  m.updated_at as "updatedAt"`

/** The contact that an id stands for: another one when it was merged into that. */
export const ownerOf = (workspaceId: WorkspaceId, contactId: ContactId) => sql`
  (select coalesce(merged_into, id) from contact
   where workspace_id = ${workspaceId}::uuid and id = ${contactId}::bigint)`
