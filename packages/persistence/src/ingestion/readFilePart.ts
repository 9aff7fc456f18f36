import type { SourceWork } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"

export const readFilePart = async (
  db: Kysely<DB>,
  { source, workspaceId }: SourceWork,
  part: number
): Promise<Uint8Array | undefined> => {
  const { rows } = await sql<{ readonly bytes: Uint8Array }>`
    select bytes from knowledge_file
    where workspace_id = ${workspaceId} and source_id = ${source.id} and part = ${part}`.execute(db)
  return rows[0]?.bytes
}
