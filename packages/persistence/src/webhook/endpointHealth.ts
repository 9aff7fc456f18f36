import { FAILING_MS, WARNINGS_MS } from "@butler/domain"
import { type RawBuilder, sql } from "kysely"

/** Without a word from the receiver it is left alone for 5 s, and twice as long each time, up to 5 minutes. */
const SLOW_MS = 5_000
const MAX_SLOW_LEVEL = 6
const MAX_SLOW_MS = 300_000

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
export const endpointsTold = sql`
  told as (
    select workspace_id, "endpointId" as id, bool_or(health = 'well') as well, bool_or(health = 'gone') as gone,
           bool_or(health = 'slow') as slow, bool_or(health = 'unreachable') as unreachable,
           max("slowForMs") as slow_for_ms
    from made
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
