import type { LaneKind, WorkspaceId } from "@butler/domain"
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { headDone } from "./leaseColumns.ts"

/** Takes the head off a lane: under its lease, or whoever holds it when `token` is null. */
export const dropHead = (
  db: Kysely<DB>,
  kind: LaneKind,
  lane: { readonly workspaceId: WorkspaceId; readonly key: string; readonly token: string | null }
) => {
  const fence: RawBuilder<unknown> = lane.token === null ? sql`` : sql`and lease_token = ${lane.token}::bigint`
  return sql`
    update lane set ${headDone}
    where workspace_id = ${lane.workspaceId}::uuid and kind = ${kind} and key = ${lane.key} ${fence}`.execute(db)
}
