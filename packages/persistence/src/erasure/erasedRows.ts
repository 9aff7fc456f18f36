import type { DialogId, ErasureReport, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"

/** A table whose rows belong to a dialog, what tells them apart within their workspace, and what they count as. */
export interface ErasedTable {
  readonly table: string
  /** Where the dialog's id stands, if not in \`dialog_id\`. */
  readonly dialog?: string
  readonly key: ReadonlyArray<string>
  readonly counts: keyof ErasureReport
}

/** In the order that foreign keys want. What else a dialog or contact has goes with its row. */
export const ERASED_BY_DIALOG: ReadonlyArray<ErasedTable> = [
  { table: "unanswered_question", dialog: "last_dialog_id", key: ["id"], counts: "unanswered" },
  { table: "dialog_event", key: ["dialog_id", "seq", "at"], counts: "events" },
  { table: "idempotency_key", key: ["route", "key"], counts: "idempotencyKeys" },
  { table: "message", key: ["id"], counts: "messages" },
  { table: "turn", key: ["id"], counts: "turns" }
]

/** The same of turns: looked for by those that the dialog still has, and so erased before them. */
export const ERASED_BY_TURN: ReadonlyArray<ErasedTable> = [
  { table: "turn_progress", key: ["turn_id", "n"], counts: "events" },
  { table: "turn_checkpoint", key: ["turn_id", "key"], counts: "events" }
]

const sameKey = (key: ReadonlyArray<string>) =>
  sql.join(
    key.map((column) => sql`r.${sql.ref(column)} = s.${sql.ref(column)}`),
    sql` and `
  )

const columns = (key: ReadonlyArray<string>) => sql.join(key.map((column) => sql.ref(column)))

/** Erases at most so many rows of dialogs; answers how many. */
export const eraseOfDialogs = async (
  db: Kysely<DB>,
  { dialog = "dialog_id", key, table }: ErasedTable,
  workspaceId: WorkspaceId,
  dialogIds: ReadonlyArray<DialogId>,
  limit: number
): Promise<number> => {
  const { rows } = await sql`
    with batch as materialized (
      select ${columns(key)} from ${sql.table(table)}
      where workspace_id = ${workspaceId}::uuid and ${sql.ref(dialog)} = any(${[...dialogIds]}::text[])
      limit ${limit}::integer
    )
    delete from ${sql.table(table)} r using batch s
    where r.workspace_id = ${workspaceId}::uuid and ${sameKey(key)}
    returning 1`.execute(db)
  return rows.length
}

export const eraseOfTurns = async (
  db: Kysely<DB>,
  { key, table }: ErasedTable,
  workspaceId: WorkspaceId,
  dialogIds: ReadonlyArray<DialogId>,
  limit: number
): Promise<number> => {
  const { rows } = await sql`
    with batch as materialized (
      select ${sql.join(key.map((column) => sql`o.${sql.ref(column)}`))}
      from turn t
      join ${sql.table(table)} o on o.workspace_id = t.workspace_id and o.turn_id = t.id
      where t.workspace_id = ${workspaceId}::uuid and t.dialog_id = any(${[...dialogIds]}::text[])
      limit ${limit}::integer
    )
    delete from ${sql.table(table)} r using batch s
    where r.workspace_id = ${workspaceId}::uuid and ${sameKey(key)}
    returning 1`.execute(db)
  return rows.length
}
