import type { WorkspaceId } from "@butler/domain"
import { type RawBuilder, sql } from "kysely"
import { enqueue } from "./enqueue.ts"

/** What there is to tell, as columns of CTEs of the statement that stores it. */
export interface NewsSources {
  /** Whose all of it is. Given as a value, since a join alone would have the planner read every workspace's endpoints. */
  readonly workspaceId: WorkspaceId
  /**
   * Messages of any kind, for every endpoint: workspace_id, dialog_id, conversation_id, message_id, turn_id, seq (the
   * message's place in its dialog).
   */
  readonly messages: string
  /** Replies and failed turns whose caller asked to be called back, with the same columns; message_id may be null. */
  readonly callbacks: string | null
}

const columns = sql`workspace_id, gen_random_uuid() as id, dialog_id, conversation_id, message_id, turn_id, seq`

const calledBack = (callbacks: string): RawBuilder<unknown> => sql`
    union all
    select ${columns}, null, true, null from ${sql.ref(callbacks)}`

/**
 * The CTEs that store the deliveries owed for new messages, in the very statement that stores those: so none is lost, and
 * none sent for what was rolled back. `owed_now` has a row when there is something to send. Without endpoints and callbacks
 * this is one look-up in an index. An endpoint that is disabled gets its rows as `skipped`: they can be pulled and
 * replayed, and cost no further work.
 */
export const owedDeliveries = ({ callbacks, messages, workspaceId }: NewsSources): RawBuilder<unknown> => sql`
  owed as materialized (
    select ${columns}, endpoint_id, enabled,
           case when ordered then endpoint_id || '/' || dialog_id end as ordered_key
    from (
      select m.*, e.id as endpoint_id, e.enabled, e.ordered
      from ${sql.ref(messages)} m
      join webhook_endpoint e
        on e.workspace_id = ${workspaceId}::uuid and e.removed_at is null and e.events @> '["BUTLER_MESSAGE_CREATED"]'
    ) told
    ${callbacks === null ? sql`` : calledBack(callbacks)}
  ),
  owed_now as (
    select workspace_id, id, coalesce(ordered_key, id::text) as lane_key, seq as place from owed where enabled
  ),
  ${enqueue("owed_now", false)},
  delivery_now as (
    insert into delivery (workspace_id, id, endpoint_id, dialog_id, conversation_id, message_id, turn_id, lane_key,
                          lane_seq, status, finished_at, undelivered_at)
    select o.workspace_id, o.id, o.endpoint_id, o.dialog_id, o.conversation_id, o.message_id, o.turn_id, q.lane_key,
           q.lane_seq, case when o.enabled then 'pending' else 'skipped' end,
           case when not o.enabled then now() end, case when not o.enabled then now() end
    from owed o
    left join enqueued q on q.workspace_id = o.workspace_id and q.id = o.id
    order by o.seq
  )`
