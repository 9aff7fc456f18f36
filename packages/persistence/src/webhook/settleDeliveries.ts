import {
  type DeliveryOutcome,
  type DisabledReason,
  type EndpointAlarm,
  FAILING_MS,
  type Settled,
  type Settlement,
  type WebhookEndpointId,
  WARNINGS_MS,
  type WorkspaceId
} from "@butler/domain"
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

/** What is kept of a refusal's body, so that an operator sees what the receiver meant. */
const KEPT_RESPONSE = 1_024

/** Without a word from the receiver it is left alone for 5 s, and twice as long each time, up to 5 minutes. */
const SLOW_MS = 5_000
const MAX_SLOW_LEVEL = 6
const MAX_SLOW_MS = 300_000

const attemptOf = (outcome: DeliveryOutcome) => {
  if (outcome._tag !== "Attempted") return null
  const { at, durationMs, error, response, status } = outcome.attempt
  const said = error === null ? "" : response.slice(0, KEPT_RESPONSE).toWellFormed()
  return { at: at.toISOString(), durationMs, status, error, response: said }
}

const verdictOf = (outcome: DeliveryOutcome) => {
  switch (outcome._tag) {
    case "Deferred":
      return { verdict: "pending", delayMs: outcome.delayMs }
    case "Skipped":
      return { verdict: "skipped", delayMs: 0 }
    case "Attempted":
      return typeof outcome.verdict === "object"
        ? { verdict: "pending", delayMs: outcome.verdict.retryInMs }
        : { verdict: outcome.verdict, delayMs: 0 }
  }
}

const healthOf = (outcome: DeliveryOutcome) => {
  if (outcome._tag !== "Attempted") return { health: null, slowForMs: null }
  if (outcome.verdict === "delivered") return { health: "well", slowForMs: null }
  return typeof outcome.endpoint === "object"
    ? { health: "slow", slowForMs: outcome.endpoint.slowForMs }
    : { health: outcome.endpoint, slowForMs: null }
}

const toOutcome = ({ outcome, work }: Settlement) => ({
  workspaceId: work.lease.workspaceId,
  key: work.lease.key,
  seq: work.lease.seq,
  token: work.lease.token,
  endpointId: work.send?.target._tag === "Endpoint" ? work.send.target.id : null,
  attempt: attemptOf(outcome),
  ...verdictOf(outcome),
  ...healthOf(outcome)
})

const interval = (ms: RawBuilder<unknown>) => sql`${ms} * interval '1 millisecond'`

const failingFor = sql`extract(epoch from now() - coalesce(e.failing_since, now())) * 1000`

/** How many of the warnings are due. */
const warningsDue = sql.join(
  WARNINGS_MS.map((ms) => sql`(${failingFor} >= ${sql.lit(ms)})::integer`),
  sql` + `
)

/**
 * What a batch says about its endpoints. Locked in order and only where something changes, so that a healthy one is not
 * written to. A receiver that cannot be reached is slowed down from its second failure in a row on.
 */
const endpointsTold = sql`
  told as (
    select workspace_id, "endpointId" as id, bool_or(health = 'well') as well, bool_or(health = 'gone') as gone,
           bool_or(health = 'slow') as slow, bool_or(health = 'unreachable') as unreachable,
           max("slowForMs") as slow_for_ms
    from held
    where "endpointId" is not null and health is not null
    group by 1, 2
  ),
  endpoint_then as materialized (
    select e.*, t.well, t.gone, t.slow_for_ms,
           t.slow or (t.unreachable and not t.well and e.failing_since is not null) as slows,
           ${warningsDue} as warnings_due,
           not t.well and ${failingFor} >= ${sql.lit(FAILING_MS)} as failed_for_good
    from told t
    join webhook_endpoint e on e.workspace_id = t.workspace_id and e.id = t.id
    where not t.well or t.slow or e.failing_since is not null or e.slow_level > 0
    order by e.workspace_id, e.id
    for update of e
  ),
  endpoint_now as (
    update webhook_endpoint e set
      failing_since = case when x.well then null else coalesce(e.failing_since, now()) end,
      warnings = case when x.well then 0 else greatest(e.warnings, x.warnings_due) end,
      slow_level = case
        when x.slows and coalesce(e.slowed_until <= now(), true) then least(e.slow_level + 1, ${sql.lit(MAX_SLOW_LEVEL)})
        when x.well and not x.slows then 0
        else e.slow_level end,
      slowed_until = case when x.slows then greatest(
        coalesce(e.slowed_until, now()),
        now() + coalesce(${interval(sql`x.slow_for_ms`)},
                         ${interval(sql`least(${sql.lit(MAX_SLOW_MS)}, ${sql.lit(SLOW_MS)} * 2 ^ e.slow_level)`)})
      ) else e.slowed_until end,
      enabled = e.enabled and not x.gone and not x.failed_for_good,
      disabled_reason = case
        when not e.enabled then e.disabled_reason
        when x.gone then 'gone'
        when x.failed_for_good then 'failing' end
    from endpoint_then x
    where e.workspace_id = x.workspace_id and e.id = x.id
    returning e.workspace_id, e.id, e.failing_since, e.enabled, e.disabled_reason, e.warnings
  )`

/** A lane of one delivery ends with it; that of a dialog goes on with the next. The lane reads its own columns alone. */
const lanesMoved = sql`
  ended as (
    delete from lane l using held h
    where h.final and not h.ordered and l.workspace_id = h.workspace_id and l.kind = 'delivery' and l.key = h.key
  ),
  moved as (
    update lane l set
      done_seq = l.done_seq + h.final::integer,
      attempts = case when h.final then 0 else l.attempts end,
      retrying = not h.final,
      lease_token = null,
      next_at = case
        when not h.final then clock_timestamp() + ${interval(sql`h."delayMs"`)}
        when l.last_seq > l.done_seq + 1 then clock_timestamp()
        else 'infinity' end
    from held h
    where (h.ordered or not h.final) and l.workspace_id = h.workspace_id and l.kind = 'delivery' and l.key = h.key
    returning h.final and l.last_seq > l.done_seq as more
  )`

const deliveriesUpdated = sql`
  updated as (
    update delivery d set
      status = h.verdict,
      attempts = case when h.attempt is null then d.attempts
        else d.attempts || (h.attempt || jsonb_build_object('number', jsonb_array_length(d.attempts) + 1)) end,
      next_attempt_at = case when not h.final then clock_timestamp() + ${interval(sql`h."delayMs"`)} end,
      finished_at = case when h.final then clock_timestamp() end,
      undelivered_at = case when h.verdict in ('dead', 'skipped') then clock_timestamp() end
    from held h
    where d.workspace_id = h.workspace_id and d.lane_key = h.key and d.lane_seq = h.seq
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

/** Stores the outcomes of a batch in one statement. Fenced: whatever has lost its lease is left out. */
export const settleDeliveries = async (db: Kysely<DB>, settlements: ReadonlyArray<Settlement>): Promise<Settled> => {
  const { rows } = await sql<Row>`
    with held as materialized (
      select l.workspace_id, l.key, o.seq, o.verdict, o."delayMs", o."endpointId", o.attempt, o.health, o."slowForMs",
             o.verdict <> 'pending' as final, l.key like '%/%' as ordered
      from jsonb_to_recordset(${json(settlements.map(toOutcome))})
        as o ("workspaceId" uuid, key text, seq integer, token bigint, verdict text, "delayMs" bigint, "endpointId" text,
              attempt jsonb, health text, "slowForMs" bigint)
      join lane l on l.workspace_id = o."workspaceId" and l.kind = 'delivery' and l.key = o.key
        and l.lease_token = o.token
      order by l.workspace_id, l.key
      for update of l
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
       where n.warnings > x.warnings or (x.enabled and not n.enabled)) as alarms`.execute(db)
  const [row] = rows
  return {
    more: row?.more === true,
    alarms: (row?.alarms ?? []).map(toAlarm)
  }
}
