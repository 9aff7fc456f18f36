import type { DialogId, TaskProgress, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

const put = (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  dialogId: DialogId,
  { asking, details, task, tries }: TaskProgress
) =>
  sql`
    insert into dialog_task (workspace_id, dialog_id, task, details, asking, tries)
    values (${workspaceId}::uuid, ${dialogId}, ${task}, ${json(details)}, ${asking}::text, ${tries}::integer)
    on conflict on constraint dialog_task_pkey do update set
      task = excluded.task, details = excluded.details, asking = excluded.asking, tries = excluded.tries,
      updated_at = now()`.execute(db)

const remove = (db: Kysely<DB>, workspaceId: WorkspaceId, dialogId: DialogId) =>
  sql`
    delete from dialog_task where workspace_id = ${workspaceId}::uuid and dialog_id = ${dialogId}`.execute(db)

/** Keeps where a dialog is in a task; null: in none. */
export const keepProgress = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  dialogId: DialogId,
  progress: TaskProgress | null
): Promise<void> => {
  await (progress === null ? remove(db, workspaceId, dialogId) : put(db, workspaceId, dialogId, progress))
}
