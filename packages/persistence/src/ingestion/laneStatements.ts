import type { IngestError, Lease, LeaseTerms, SourceWork, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"
import { claimLanes } from "../lane/claimLanes.ts"
import { syncPause } from "./sourceRow.ts"

type Row = SourceWork["source"] & {
  readonly workspace_id: WorkspaceId
  readonly key: string
  readonly seq: number
  readonly attempts: number
  readonly task: SourceWork["task"]
  readonly counted: boolean
}

/** Leases due sources with what is to be done with each. */
export const claimSources = async (
  db: Kysely<DB>,
  limit: number,
  terms: LeaseTerms
): Promise<ReadonlyArray<SourceWork>> => {
  const { rows } = await sql<Row>`
    with recursive ${claimLanes({ kind: "ingestion", retrying: false }, limit, terms)}
    select c.workspace_id, c.key, c.seq, c.attempts, s.*,
           exists (select from entitlement e where e.workspace_id = c.workspace_id) as counted
    from claimed c
    cross join lateral (
      select s.id, s.kind, s.knowledge_base_id as "knowledgeBaseId", s.name, s.url, s.max_pages as "maxPages",
        s.max_depth as "maxDepth", s.size::float8 as size,
        case
          when s.removed_at is not null or s.status = 'uploading' then 'remove'
          when s.status = 'syncing' then 'resume' else 'read'
        end as task
      from knowledge_source s where s.workspace_id = c.workspace_id and s.id = c.key
      limit 1
    ) s`.execute(db)
  return rows.map(({ attempts, counted, key, seq, task, workspace_id: workspaceId, ...source }) => ({
    lease: { workspaceId, key, seq, token: terms.token },
    workspaceId,
    source,
    task,
    counted,
    attempts
  }))
}

/** Gives a lease up; the head is due at once, behind those that wait already. */
export const pauseSource = (db: Kysely<DB>, { key, token, workspaceId }: Lease) =>
  sql`
    update lane set lease_token = null, attempts = 0, next_at = clock_timestamp()
    where workspace_id = ${workspaceId} and kind = 'ingestion' and key = ${key} and lease_token = ${token}::bigint`.execute(
    db
  )

/** Ends a reading and its lane's head; the next head is due by the source's frequency. False when the lease is lost. */
export const finishRun = async (db: Kysely<DB>, work: SourceWork, error: IngestError | null): Promise<boolean> => {
  const { key, token, workspaceId } = work.lease
  const { rows } = await sql`
    with held as (
      select l.key from lane l
      where l.workspace_id = ${workspaceId} and l.kind = 'ingestion' and l.key = ${key} and l.lease_token = ${token}::bigint
      for no key update
    ), s as (
      update knowledge_source s set
        status = ${error === null ? "ready" : "failed"}, error = ${error === null ? sql`null` : json(error)},
        synced_at = clock_timestamp(), next_sync_at = clock_timestamp() + ${syncPause}
      from held where s.workspace_id = ${workspaceId} and s.id = held.key
      returning s.id, s.next_sync_at
    )
    update lane l set
      done_seq = l.done_seq + 1, attempts = 0, lease_token = null,
      last_seq = case when s.next_sync_at is null then l.done_seq + 1 else l.done_seq + 2 end,
      next_at = coalesce(s.next_sync_at, 'infinity')
    from s where l.workspace_id = ${workspaceId} and l.kind = 'ingestion' and l.key = s.id
    returning l.key`.execute(db)
  return rows.length > 0
}
