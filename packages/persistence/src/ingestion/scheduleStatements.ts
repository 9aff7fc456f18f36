import type { SourceChange, SourceId, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { inMillis } from "../lane/leaseColumns.ts"
import { isShown, sourceColumns, syncPause } from "./sourceRow.ts"

/** Makes a source due now, unless it is being read. */
export const requestSync = (db: Kysely<DB>, workspaceId: WorkspaceId, id: SourceId) =>
  sql`
    with job_lane as (
      update lane set
        last_seq = case when next_at = 'infinity' then last_seq + 1 else last_seq end,
        next_at = case when lease_token is null then clock_timestamp() else next_at end
      from knowledge_source s
      where lane.workspace_id = ${workspaceId} and lane.kind = 'ingestion' and lane.key = ${id}
        and s.workspace_id = lane.workspace_id and s.id = lane.key and ${isShown}
      returning lane.key
    ), s as (
      update knowledge_source s set
        status = case when s.status in ('ready', 'failed') then 'queued' else s.status end, next_sync_at = null
      from job_lane where s.workspace_id = ${workspaceId} and s.id = job_lane.key
      returning s.*
    )
    select ${sourceColumns} from s`.execute(db)

/** Changes a source; one that is not being read gets its next due time by its new frequency. */
export const changeSource = (db: Kysely<DB>, workspaceId: WorkspaceId, id: SourceId, change: SourceChange) =>
  sql`
    with due as (
      select s.workspace_id, s.id, s.status in ('ready', 'failed') as rests, s.sync_frequency as frequency,
        s.synced_at + ${syncPause} as at
      from (
        select s.workspace_id, s.id, s.status, s.synced_at,
          coalesce(${change.syncFrequency ?? null}::text, s.sync_frequency) as sync_frequency
        from knowledge_source s
        where s.workspace_id = ${workspaceId} and s.id = ${id} and ${isShown}
        for no key update
      ) s
    ), s as (
      update knowledge_source s set
        name = coalesce(${change.name ?? null}::text, s.name), sync_frequency = due.frequency,
        next_sync_at = case when due.rests then due.at else s.next_sync_at end
      from due where s.workspace_id = due.workspace_id and s.id = due.id
      returning s.*
    ), job_lane as (
      update lane set
        last_seq = case when due.at is null then lane.done_seq else lane.done_seq + 1 end,
        next_at = coalesce(due.at, 'infinity')
      from due
      where due.rests and lane.workspace_id = due.workspace_id and lane.kind = 'ingestion' and lane.key = due.id
        and lane.lease_token is null
    )
    select ${sourceColumns} from s`.execute(db)

/** Hides a source and takes it from whoever reads it; what a dying process leaves of it is due after `dueMs`. */
export const markRemoved = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  id: SourceId,
  dueMs: number
): Promise<boolean> => {
  const { rows } = await sql`
    with s as (
      update knowledge_source s set removed_at = clock_timestamp()
      where s.workspace_id = ${workspaceId} and s.id = ${id} and s.removed_at is null
      returning s.workspace_id, s.id
    )
    update lane set
      lease_token = null, attempts = 0, last_seq = greatest(last_seq, done_seq + 1), next_at = ${inMillis(dueMs)}
    from s where lane.workspace_id = s.workspace_id and lane.kind = 'ingestion' and lane.key = s.id
    returning lane.key`.execute(db)
  return rows.length > 0
}
