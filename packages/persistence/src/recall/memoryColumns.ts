import { sql } from "kysely"

/** Of a memory `m`. */
export const memoryColumns = sql`
  m.id, m.contact_id as "contactId", m.text, m.source_message_id as "sourceMessageId", m.created_at as "createdAt",
  m.updated_at as "updatedAt"`
