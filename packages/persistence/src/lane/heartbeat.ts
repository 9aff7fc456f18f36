import type { LaneKind, Lease } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"
import { inMillis } from "./leaseColumns.ts"

/** Prolongs all leases that are still held, in one statement, and answers those. Locks in the order that all others do. */
export const heartbeat = async (
  db: Kysely<DB>,
  kind: LaneKind,
  leases: ReadonlyArray<Lease>,
  durationMs: number
): Promise<ReadonlyArray<Lease>> => {
  const held = leases.map(({ workspaceId, key, token }, place) => ({ workspaceId, key, token, place }))
  const { rows } = await sql<{ readonly place: number }>`
    with held as materialized (
      select l.workspace_id, l.key, h.place
      from jsonb_to_recordset(${json(held)}) as h ("workspaceId" uuid, key text, token bigint, place integer)
      join lane l on l.workspace_id = h."workspaceId" and l.kind = ${kind} and l.key = h.key and l.lease_token = h.token
      order by l.workspace_id, l.key
      for update of l
    )
    update lane l set next_at = ${inMillis(durationMs)}
    from held
    where l.workspace_id = held.workspace_id and l.kind = ${kind} and l.key = held.key
    returning held.place`.execute(db)
  const kept = new Set(rows.map((row) => row.place))
  return leases.filter((_, place) => kept.has(place))
}
