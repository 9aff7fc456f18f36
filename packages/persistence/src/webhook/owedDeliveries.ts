import type { WorkspaceId } from "@butler/domain"
import { type RawBuilder, sql } from "kysely"
import { chatbotTarget } from "./chatbotTarget.ts"
import { enqueue } from "./enqueue.ts"

/**
 * What there is to tell, as names of CTEs of the statement that stores it. Their columns: workspace_id, dialog_id,
 * conversation_id, message_id, turn_id, seq (the message's place in its dialog).
 */
export interface NewsSources {
  /** Whose all of it is. Given as a value, since a join alone would have the planner read every workspace's endpoints. */
  readonly workspaceId: WorkspaceId
  /** Messages of any kind, for every endpoint of the workspace. */
  readonly messages: string | null
  /** Replies and failed turns whose caller asked to be called back; message_id may be null. */
  readonly callbacks: string | null
  /**
   * For the chatbot's own webhook, with agent_id (of the dialog), event and details besides. A message is told of once it
   * has its outcome, under the id of the exchange.
   */
  readonly threads: string | null
}

const columns = sql`workspace_id, gen_random_uuid() as id, dialog_id, conversation_id, message_id, turn_id, seq`

const toEndpoints = (messages: string, workspaceId: WorkspaceId): RawBuilder<unknown> => sql`
    select ${columns}, endpoint_id, enabled, case when ordered then endpoint_id || '/' || dialog_id end as ordered_key,
           null::text as event, null::jsonb as details
    from (
      select m.*, e.id as endpoint_id, e.enabled, e.ordered
      from ${sql.ref(messages)} m
      join webhook_endpoint e
        on e.workspace_id = ${workspaceId}::uuid and e.agent_id is null and e.removed_at is null
          and e.events @> '["BUTLER_MESSAGE_CREATED"]'
    ) told`

const toChatbots = (threads: string, workspaceId: WorkspaceId): RawBuilder<unknown> => sql`
    select ${columns}, endpoint_id, enabled, ordered_key, event, coalesce(details, '{}') || shown as details
    from ${sql.ref(threads)} m
    cross join lateral (${chatbotTarget(workspaceId)}) e`

const toCallers = (callbacks: string): RawBuilder<unknown> => sql`
    select ${columns}, null as endpoint_id, true as enabled, null as ordered_key, null::text as event,
           null::jsonb as details
    from ${sql.ref(callbacks)}`

/**
 * The CTEs that store the deliveries owed for news, in the very statement that stores those: so none is lost, and none sent
 * for what was rolled back. `owed_now` has a row when there is something to send. Without endpoints and callbacks this is a
 * look-up or two in an index. An endpoint that is disabled gets its rows as `skipped`: they can be pulled and replayed, and
 * cost no further work.
 */
export const owedDeliveries = ({ callbacks, messages, threads, workspaceId }: NewsSources): RawBuilder<unknown> => sql`
  owed as materialized (${sql.join(
    [
      ...(messages === null ? [] : [toEndpoints(messages, workspaceId)]),
      ...(threads === null ? [] : [toChatbots(threads, workspaceId)]),
      ...(callbacks === null ? [] : [toCallers(callbacks)])
    ],
    sql`
    union all`
  )}
  ),
  owed_now as (
    select workspace_id, id, coalesce(ordered_key, id::text) as lane_key, seq as place from owed where enabled
  ),
  ${enqueue("owed_now", false)},
  delivery_now as (
    insert into delivery (workspace_id, id, endpoint_id, dialog_id, conversation_id, message_id, turn_id, event, details,
                          lane_key, lane_seq, status, finished_at, undelivered_at)
    select o.workspace_id, o.id, o.endpoint_id, o.dialog_id, o.conversation_id, o.message_id, o.turn_id, o.event, o.details,
           q.lane_key, q.lane_seq, case when o.enabled then 'pending' else 'skipped' end,
           case when not o.enabled then now() end, case when not o.enabled then now() end
    from owed o
    left join enqueued q on q.workspace_id = o.workspace_id and q.id = o.id
    order by o.seq
  )`
