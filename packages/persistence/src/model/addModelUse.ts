import type { ContactId, ModelUse, WorkspaceId } from "@butler/domain"
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "../database/tables.ts"

/** Rows that the turns of one workspace's month are spread over. */
const SHARES = 16

const addedTo = (table: "contact_model_use" | "workspace_model_use"): RawBuilder<unknown> => sql`
      on conflict on constraint ${sql.ref(`${table}_pkey`)} do update set
        calls = u.calls + excluded.calls,
        input_tokens = u.input_tokens + excluded.input_tokens,
        output_tokens = u.output_tokens + excluded.output_tokens,
        cost = u.cost + excluded.cost`

/** From what it is known that there is a contact, as `contact_id`, and a workspace to add to. */
interface Users {
  readonly contact: RawBuilder<unknown>
  readonly workspace: RawBuilder<unknown>
}

const used = (workspaceId: WorkspaceId, use: ModelUse, { contact, workspace }: Users): RawBuilder<unknown> => {
  const amounts = sql`
    ${use.calls}::integer, ${use.inputTokens}::bigint, ${use.outputTokens}::bigint, ${use.cost}::float8`
  return sql`
    contact_use_now as (
      insert into contact_model_use as u (workspace_id, contact_id, day, calls, input_tokens, output_tokens, cost)
      select ${workspaceId}::uuid, contact_id, (now() at time zone 'utc')::date, ${amounts}
      from ${contact}
      ${addedTo("contact_model_use")}
    ),
    workspace_use_now as (
      insert into workspace_model_use as u (workspace_id, month, share, calls, input_tokens, output_tokens, cost)
      select ${workspaceId}::uuid, date_trunc('month', now() at time zone 'utc')::date,
             floor(random() * ${SHARES}::integer)::smallint, ${amounts}
      from ${workspace}
      ${addedTo("workspace_model_use")}
    )`
}

/** Common table expressions that add to the ledger what a turn has used, once `lane_now` has a row. */
export const addModelUse = (workspaceId: WorkspaceId, contactId: ContactId, use: ModelUse): RawBuilder<unknown> => {
  const contact = sql`(select ${contactId}::bigint as contact_id from lane_now) ended`
  return sql`${used(workspaceId, use, { contact, workspace: sql`lane_now` })},`
}

/** Adds what was used outside of turns. A contact that is gone by now is charged nothing; its workspace is. */
export const recordModelUse = (db: Kysely<DB>, workspaceId: WorkspaceId, contactId: ContactId | null, use: ModelUse) =>
  sql`
    with owner as (
      select coalesce(merged_into, id) as contact_id from contact
      where workspace_id = ${workspaceId}::uuid and id = ${contactId}::bigint
      for key share
    ),
    ${used(workspaceId, use, { contact: sql`owner`, workspace: sql`(select) as now` })}
    select`.execute(db)
