import type { DisabledReason, EndpointAlarm, Settled, Settlement, WebhookEndpointId, WorkspaceId } from "@butler/domain"
import { type RawBuilder, sql } from "kysely"
import type { Database } from "../database/Database.ts"
import { json } from "../json.ts"
import { commitUnsynced } from "./commitUnsynced.ts"
import { endpointsTold } from "./endpointHealth.ts"
import { laneOf, outcomesOf } from "./settlementRows.ts"

const later = (ms: RawBuilder<unknown>) => sql`clock_timestamp() + ${ms} * interval '1 millisecond'`

/** A lane of one delivery ends with it; that of a dialog goes on with the next. The lane reads its own columns alone. */
const lanesMoved = sql`
  ended as (
    delete from lane l using held h
    where h.done > 0 and not h.ordered and l.workspace_id = h.workspace_id and l.kind = 'delivery' and l.key = h.key
  ),
  moved as (
    update lane l set
      done_seq = l.done_seq + h.done,
      attempts = case when h.done > 0 then 0 else l.attempts end,
      retrying = case when h.released then h."delayMs" is not null else l.retrying end,
      lease_token = case when not h.released then l.lease_token end,
      next_at = case
        when not h.released then l.next_at
        when h."delayMs" is not null then ${later(sql`h."delayMs"`)}
        when l.last_seq > l.done_seq + h.done then clock_timestamp()
        else 'infinity' end
    from held h
    where (h.ordered or h.done = 0) and l.workspace_id = h.workspace_id and l.kind = 'delivery' and l.key = h.key
    returning h.released and h."delayMs" is null and l.last_seq > l.done_seq as more
  )`

const deliveriesUpdated = sql`
  updated as (
    update delivery d set
      status = m.status,
      attempts = case when m.attempt is null then d.attempts
        else d.attempts || (m.attempt || jsonb_build_object('number', jsonb_array_length(d.attempts) + 1)) end,
      next_attempt_at = case when m.status = 'pending' then ${later(sql`m."delayMs"`)} end,
      finished_at = case when m.status <> 'pending' then clock_timestamp() end,
      undelivered_at = case when m.status = any ('{dead,skipped}') then clock_timestamp() end
    from made m
    where d.workspace_id = m.workspace_id and d.lane_key = m.key and d.lane_seq = m.seq
  )`

interface AlarmRow {
  readonly workspaceId: WorkspaceId
  readonly endpointId: WebhookEndpointId
  readonly failingSince: string
  readonly disabled: DisabledReason | null
}

interface Row {
  readonly more: boolean
  readonly alarms: ReadonlyArray<AlarmRow>
}

const toAlarm = ({ disabled, endpointId, failingSince, workspaceId }: AlarmRow): EndpointAlarm => ({
  workspaceId,
  endpointId,
  failingSince: new Date(failingSince),
  disabled
})

/**
 * Stores the outcomes of a batch in one statement. Fenced: whatever has lost its lease is left out, and so is what was stored
 * already, since a batch whose answer was lost on the way is stored again. Lanes are locked one by one, in the order in which
 * all others lock them; joined at once they were seen to be looked for in the whole table.
 */
export const settleDeliveries = async (
  { engine, kysely: db }: Database["Service"],
  settlements: ReadonlyArray<Settlement>
): Promise<Settled> => {
  const { rows } = await sql<Row>`
    with settled as materialized (
      select * from jsonb_to_recordset(${json(settlements.map(laneOf))})
        as s (place integer, "workspaceId" uuid, key text, token bigint, seq integer, "endpointId" text, done integer,
              "delayMs" bigint, released boolean)
      order by "workspaceId", key
    ),
    held as materialized (
      select s.*, l.workspace_id, s.key like '%/%' as ordered
      from settled s
      cross join lateral (
        select l.workspace_id from lane l
        where l.workspace_id = s."workspaceId" and l.kind = 'delivery' and l.key = s.key
          and l.lease_token = s.token and l.done_seq + 1 = s.seq
        for update
      ) l
    ),
    made as materialized (
      select h.workspace_id, h.key, h."endpointId", o.*
      from jsonb_to_recordset(${json(settlements.flatMap(outcomesOf))})
        as o (place integer, seq integer, status text, "delayMs" bigint, attempt jsonb, health text, "slowForMs" bigint)
      join held h on h.place = o.place
    ),
    ${lanesMoved},
    ${deliveriesUpdated},
    ${endpointsTold}
    select
      coalesce((select bool_or(more) from moved), false) as more,
      (select coalesce(jsonb_agg(jsonb_build_object(
                'workspaceId', n.workspace_id, 'endpointId', n.id, 'failingSince', n.failing_since,
                'disabled', case when not n.enabled then n.disabled_reason end)), '[]')
       from endpoint_now n
       join endpoint_then x on x.workspace_id = n.workspace_id and x.id = n.id
       where n.warnings > x.warnings or (x.enabled and not n.enabled)) as alarms,
      ${commitUnsynced(engine)} as unsynced`.execute(db)
  const [row] = rows
  return {
    more: row?.more === true,
    alarms: (row?.alarms ?? []).map(toAlarm)
  }
}
