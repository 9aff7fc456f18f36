import type { MemoryId, MessageId, RunnableTurn } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { remember } from "./remember.ts"

/** Keeps what a contact has told in a turn's message. */
export const rememberTurn = async (
  db: Kysely<DB>,
  { contactId, id, workspaceId }: RunnableTurn,
  facts: ReadonlyArray<{ readonly id: MemoryId; readonly text: string }>
): Promise<void> => {
  const { rows } = await sql<{ readonly inbound_message_id: MessageId }>`
    select inbound_message_id from turn where workspace_id = ${workspaceId}::uuid and id = ${id}::bigint`.execute(db)
  const sourceMessageId = rows[0]?.inbound_message_id ?? null
  await remember(
    db,
    workspaceId,
    contactId,
    facts.map((fact) => ({ ...fact, sourceMessageId }))
  )
}
