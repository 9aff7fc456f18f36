import { type ContactId, type ModelUse, ModelUses, type WorkspaceId } from "@butler/domain"
import { Effect, Layer } from "effect"
import { type Kysely, type RawBuilder, sql } from "kysely"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { DB } from "../database/tables.ts"
import { recordModelUse } from "./addModelUse.ts"

interface Row {
  readonly contact_today: ModelUse
  readonly workspace_this_month: ModelUse
}

const sums: RawBuilder<unknown> = sql`jsonb_build_object(
      'calls', coalesce(sum(u.calls), 0), 'inputTokens', coalesce(sum(u.input_tokens), 0),
      'outputTokens', coalesce(sum(u.output_tokens), 0), 'cost', coalesce(sum(u.cost), 0))`

/** A contact with those that were merged into it. */
const withMerged = (workspaceId: WorkspaceId, contactId: ContactId | null) => sql`
  array(select id from contact where workspace_id = ${workspaceId}::uuid and merged_into = ${contactId}::bigint)
    || ${contactId}::bigint`

const soFar = async (db: Kysely<DB>, workspaceId: WorkspaceId, contactId: ContactId | null): Promise<Row> => {
  const { rows } = await sql<Row>`
    select (
      select ${sums} from contact_model_use u
      where u.workspace_id = ${workspaceId}::uuid and u.contact_id = any(${withMerged(workspaceId, contactId)})
        and u.day = (now() at time zone 'utc')::date
    ) as contact_today, (
      select ${sums} from workspace_model_use u
      where u.workspace_id = ${workspaceId}::uuid and u.month = date_trunc('month', now() at time zone 'utc')::date
    ) as workspace_this_month`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error("a select without a from gave no row")
  return row
}

/** `ModelUses` on SQL: one statement over the rows of a contact's day and a workspace's month. */
export const ModelUsesSql: Layer.Layer<ModelUses, never, Database> = Layer.effect(
  ModelUses,
  Effect.map(Database, (database) =>
    ModelUses.of({
      soFar: (workspaceId, contactId) =>
        query("modelUse.soFar", (db) => soFar(db, workspaceId, contactId)).pipe(
          Effect.provideService(Database, database),
          Effect.orDie,
          Effect.map((row) => ({ contactToday: row.contact_today, workspaceThisMonth: row.workspace_this_month }))
        ),
      record: (workspaceId, contactId, use) =>
        query("modelUse.record", (db) => recordModelUse(db, workspaceId, contactId, use)).pipe(
          Effect.provideService(Database, database),
          Effect.orDie
        )
    })
  )
)
