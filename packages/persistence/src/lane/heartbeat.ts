import type { LaneKind, Lease } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"
import { inMillis } from "./leaseColumns.ts"

/** Prolongs all leases that are still held, in one statement, and answers those. */
export const heartbeat = async (
  db: Kysely<DB>,
  kind: LaneKind,
  leases: ReadonlyArray<Lease>,
  durationMs: number
): Promise<ReadonlyArray<Lease>> => {
  const held = leases.map(({ workspaceId, key, token }, place) => ({ workspaceId, key, token, place }))
  const { rows } = await sql<{ readonly place: number }>`
    update lane l set next_at = ${inMillis(durationMs)}
    from jsonb_to_recordset(${json(held)}) as held ("workspaceId" uuid, key text, token bigint, place integer)
    where l.workspace_id = held."workspaceId" and l.kind = ${kind} and l.key = held.key and l.lease_token = held.token
    returning held.place`.execute(db)
  const kept = new Set(rows.map((row) => row.place))
  return leases.filter((_, place) => kept.has(place))
}
