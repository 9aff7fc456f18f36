import type { ContactId, ModelUse, WorkspaceId } from "@butler/domain"
import { type RawBuilder, sql } from "kysely"

/** Rows that the turns of one workspace's month are spread over. */
const SHARES = 16

const added = (table: "contact_model_use" | "workspace_model_use"): RawBuilder<unknown> => sql`
      on conflict on constraint ${sql.ref(`${table}_pkey`)} do update set
        calls = u.calls + excluded.calls,
        input_tokens = u.input_tokens + excluded.input_tokens,
        output_tokens = u.output_tokens + excluded.output_tokens,
        cost = u.cost + excluded.cost`

/** Common table expressions that add to the ledger what a turn has used, once `lane_now` has a row. */
export const addModelUse = (workspaceId: WorkspaceId, contactId: ContactId, use: ModelUse): RawBuilder<unknown> => {
  const used = sql`${use.calls}::integer, ${use.inputTokens}::bigint, ${use.outputTokens}::bigint, ${use.cost}::float8`
  return sql`
    contact_use_now as (
      insert into contact_model_use as u (workspace_id, contact_id, day, calls, input_tokens, output_tokens, cost)
      select ${workspaceId}::uuid, ${contactId}::bigint, (now() at time zone 'utc')::date, ${used}
      from lane_now
      ${added("contact_model_use")}
    ),
    workspace_use_now as (
      insert into workspace_model_use as u (workspace_id, month, share, calls, input_tokens, output_tokens, cost)
      select ${workspaceId}::uuid, date_trunc('month', now() at time zone 'utc')::date,
             floor(random() * ${SHARES}::integer)::smallint, ${used}
      from lane_now
      ${added("workspace_model_use")}
    ),`
}
