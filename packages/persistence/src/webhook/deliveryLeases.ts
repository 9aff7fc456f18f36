import type { Lease, WebhookEndpointId, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

/** Ends leases without an outcome; their heads are due at once. */
export const giveBackDeliveries = (db: Kysely<DB>, leases: ReadonlyArray<Lease>) =>
  sql`
    with held as materialized (
      select l.workspace_id, l.key
      from jsonb_to_recordset(${json(leases)}) as h ("workspaceId" uuid, key text, token bigint)
      join lane l on l.workspace_id = h."workspaceId" and l.kind = 'delivery' and l.key = h.key
        and l.lease_token = h.token
      order by l.workspace_id, l.key
      for update of l
    )
    update lane l set lease_token = null, next_at = clock_timestamp()
    from held
    where l.workspace_id = held.workspace_id and l.kind = 'delivery' and l.key = held.key`.execute(db)

const perSecond = sql`e.rate_per_minute / 60.0`

/** Places that have come free since the last one was taken; never more than a second's worth. */
const places = sql`
  least(greatest(1, ${perSecond}),
        e.rate_places + extract(epoch from clock_timestamp() - e.rate_at)::double precision * ${perSecond})`

/**
 * Takes one place in an endpoint's rate, whichever process asks; else says in how many milliseconds there will be one. Who has waited
 * for another to take the last one still sees the row from before, in which it was free: it is to ask again at once, not let in.
 */
export const admitDelivery = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  endpointId: WebhookEndpointId
): Promise<number> => {
  const { rows } = await sql<{ readonly wait: number | null }>`
    with admitted as (
      update webhook_endpoint e set rate_places = ${places} - 1, rate_at = clock_timestamp()
      where e.workspace_id = ${workspaceId}::uuid and e.id = ${endpointId}
        and (e.rate_per_minute is null or ${places} >= 1)
      returning e.id
    )
    select case when exists (select from admitted) then 0
                else greatest(1, ceil((1 - ${places}) * 1000 / (${perSecond})))::integer end as wait
    from webhook_endpoint e
    where e.workspace_id = ${workspaceId}::uuid and e.id = ${endpointId}`.execute(db)
  return rows[0]?.wait ?? 0
}

/** Removes finished deliveries that are past their time. */
export const purgeDeliveries = async (db: Kysely<DB>, olderThanMs: number, limit: number): Promise<number> => {
  const { numAffectedRows } = await sql`
    delete from delivery d
    using (
      select workspace_id, id from delivery
      where created_at < now() - ${olderThanMs}::bigint * interval '1 millisecond' and status <> 'pending'
      limit ${limit}::integer
      for update skip locked
    ) old
    where d.workspace_id = old.workspace_id and d.id = old.id`.execute(db)
  return Number(numAffectedRows ?? 0)
}
