import type { DeliveryId, WebhookEndpointId, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"

/**
 * A finished delivery gets a lane of its own, so that it is sent ahead of its dialog's others; one that waits for its next
 * attempt is due at once, unless a worker has it or others are before it. Either way it has its full schedule again.
 */
export const retryDelivery = (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  endpointId: WebhookEndpointId,
  id: DeliveryId
) =>
  sql`
    with chosen as materialized (
      select d.id, d.status, d.lane_key, d.lane_seq from delivery d
      where d.workspace_id = ${workspaceId}::uuid and d.id = ${id}::uuid and d.endpoint_id = ${endpointId}
      for update
    ),
    hastened as (
      update lane l set next_at = clock_timestamp(), retrying = true
      from chosen c
      where c.status = 'pending' and l.workspace_id = ${workspaceId}::uuid and l.kind = 'delivery' and l.key = c.lane_key
        and l.done_seq + 1 = c.lane_seq and l.lease_token is null and l.next_at < 'infinity'
    ),
    own_lane as (
      insert into lane (workspace_id, kind, key, last_seq, done_seq, attempts, next_at, retrying)
      select ${workspaceId}::uuid, 'delivery', c.id::text, 1, 0, 0, clock_timestamp(), true
      from chosen c where c.status <> 'pending'
    )
    update delivery d set
      status = 'pending',
      round_start = jsonb_array_length(d.attempts),
      lane_key = case when c.status = 'pending' then d.lane_key else d.id::text end,
      lane_seq = case when c.status = 'pending' then d.lane_seq else 1 end,
      next_attempt_at = clock_timestamp(),
      finished_at = null,
      undelivered_at = null
    from chosen c
    where d.workspace_id = ${workspaceId}::uuid and d.id = c.id`.execute(db)
