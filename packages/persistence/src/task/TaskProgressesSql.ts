import { type DialogId, type TaskProgress, TaskProgresses, type WorkspaceId } from "@butler/domain"
import { Effect, Layer } from "effect"
import { type Kysely, sql } from "kysely"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { DB } from "../database/tables.ts"

const find = async (db: Kysely<DB>, workspaceId: WorkspaceId, dialogId: DialogId): Promise<TaskProgress | null> => {
  const { rows } = await sql<TaskProgress>`
    select task, details, asking, tries from dialog_task
    where workspace_id = ${workspaceId}::uuid and dialog_id = ${dialogId}`.execute(db)
  return rows[0] ?? null
}

/** `TaskProgresses` on SQL. */
export const TaskProgressesSql: Layer.Layer<TaskProgresses, never, Database> = Layer.effect(
  TaskProgresses,
  Effect.map(Database, (database) =>
    TaskProgresses.of({
      find: (workspaceId, dialogId) =>
        query("taskProgress.find", (db) => find(db, workspaceId, dialogId)).pipe(
          Effect.provideService(Database, database),
          Effect.orDie
        )
    })
  )
)
