import {
  type FoundItem,
  type ItemOutcome,
  type PendingItem,
  type SourceItemId,
  type SourceWork,
  UNREACHABLE
} from "@butler/domain"
import { type Kysely, type RawBuilder, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"
import { pagesOfSource } from "./quotaStatements.ts"

/** That the lane is held by whoever asks. */
const isHeld = ({ lease }: SourceWork): RawBuilder<unknown> => sql`
  exists (
    select from lane l where l.workspace_id = ${lease.workspaceId} and l.kind = 'ingestion' and l.key = ${lease.key}
      and l.lease_token = ${lease.token}::bigint
  )`

const ofSource = ({ source, workspaceId }: SourceWork): RawBuilder<unknown> =>
  sql`i.workspace_id = ${workspaceId} and i.source_id = ${source.id}`

/** Begins another reading; false when the lease is lost. */
export const beginRun = async (db: Kysely<DB>, work: SourceWork): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update knowledge_source set run = run + 1, status = 'syncing', error = null, next_sync_at = null
    where workspace_id = ${work.workspaceId} and id = ${work.source.id} and removed_at is null and ${isHeld(work)}`.execute(
    db
  )
  return numAffectedRows === 1n
}

/** Locks an item until the transaction ends; false when the lease is lost or the item is gone. */
export const lockItem = async (db: Kysely<DB>, work: SourceWork, item: SourceItemId): Promise<boolean> => {
  const { rows } = await sql`
    select from knowledge_source_item i where ${ofSource(work)} and i.id = ${item}::bigint and ${isHeld(work)}
    for no key update`.execute(db)
  return rows.length > 0
}

/**
 * Adds what a reading has come to, as far as the source's limit allows; what it has come to before stays as it is. Where the
 * workspace may have `quota` pages, those that would be new to it are added as far as that allows.
 */
export const addItems = (
  db: Kysely<DB>,
  work: SourceWork,
  found: ReadonlyArray<FoundItem & { readonly id: string }>,
  quota: number | null
) => {
  const { source, workspaceId } = work
  const own = sql`(select count(*) from knowledge_source_item i where ${ofSource(work)})`
  return sql`
    insert into knowledge_source_item as i (workspace_id, source_id, id, locator, depth, run, status)
    select ${workspaceId}::uuid, ${source.id}, fresh.id, fresh.locator, fresh.depth, fresh.run, 'pending'
    from (
      select f.*, s.run, row_number() over (order by f.id) as place, known.id is null as is_new,
             row_number() over (partition by known.id is null order by f.id) as place_of_kind
      from unnest(
        ${found.map(({ id }) => id)}::bigint[], ${found.map(({ locator }) => locator)}::text[],
        ${found.map(({ depth }) => depth)}::smallint[]
      ) as f (id, locator, depth)
      join knowledge_source s on s.workspace_id = ${workspaceId} and s.id = ${source.id}
      left join knowledge_source_item known
        on known.workspace_id = s.workspace_id and known.source_id = s.id and known.locator = f.locator
      where known.run is distinct from s.run
    ) fresh
    where fresh.place <= ${source.maxPages} - (
      select count(*) from knowledge_source_item i where ${ofSource(work)} and i.run = fresh.run
    )${quota === null ? sql`` : sql` and (not fresh.is_new or fresh.place_of_kind <= ${pagesOfSource(work, quota)} - ${own})`}
    on conflict on constraint knowledge_source_item_locator_key do update set
      run = excluded.run, depth = excluded.depth, status = 'pending'`.execute(db)
}

export const knownLocators = async (db: Kysely<DB>, work: SourceWork): Promise<ReadonlyArray<string>> => {
  const { rows } = await sql<{ readonly locator: string }>`
    select i.locator from knowledge_source_item i
    join knowledge_source s on s.workspace_id = i.workspace_id and s.id = i.source_id and s.run = i.run
    where ${ofSource(work)}`.execute(db)
  return rows.map(({ locator }) => locator)
}

export const pendingItems = async (
  db: Kysely<DB>,
  work: SourceWork,
  limit: number
): Promise<ReadonlyArray<PendingItem>> => {
  const { rows } = await sql<PendingItem>`
    select i.id, i.locator, i.depth, i.etag, i.last_modified as "lastModified", i.content_hash as "contentHash", i.links,
      i.document_count as "documentCount"
    from knowledge_source_item i where ${ofSource(work)} and i.status = 'pending'
    order by i.depth, i.id limit ${limit}`.execute(db)
  return rows
}

export const isRepeated = async (
  db: Kysely<DB>,
  work: SourceWork,
  item: SourceItemId,
  contentHash: string
): Promise<boolean> => {
  const { rows } = await sql`
    select from knowledge_source_item i
    join knowledge_source s on s.workspace_id = i.workspace_id and s.id = i.source_id and s.run = i.run
    where ${ofSource(work)} and i.content_hash = ${contentHash} and i.status = 'ready' and i.id <> ${item}::bigint
    limit 1`.execute(db)
  return rows.length > 0
}

const kept = (column: "content_hash" | "etag" | "last_modified" | "title", value: string | null | undefined) =>
  value === undefined ? sql.ref(`i.${column}`) : sql`${value}::text`

export const settleItem = (db: Kysely<DB>, work: SourceWork, item: SourceItemId, outcome: ItemOutcome) =>
  sql`
    update knowledge_source_item i set
      status = ${outcome.status}, error = ${outcome.error === null ? sql`null` : json(outcome.error)},
      title = ${kept("title", outcome.title)}, etag = ${kept("etag", outcome.etag)},
      last_modified = ${kept("last_modified", outcome.lastModified)},
      content_hash = ${kept("content_hash", outcome.contentHash)},
      links = ${outcome.links === undefined ? sql`i.links` : json(outcome.links)},
      document_count = coalesce(${outcome.documentCount ?? null}::integer, i.document_count),
      chunk_count = coalesce(${outcome.chunkCount ?? null}::integer, i.chunk_count), read_at = clock_timestamp()
    where ${ofSource(work)} and i.id = ${item}::bigint`.execute(db)

/** Items that this reading has not come to, locked until the transaction ends. */
export const lockVanished = async (db: Kysely<DB>, work: SourceWork, limit: number) => {
  const { rows } = await sql<{ readonly id: SourceItemId; readonly documentCount: number }>`
    select i.id, i.document_count as "documentCount" from knowledge_source_item i
    join knowledge_source s on s.workspace_id = i.workspace_id and s.id = i.source_id
    where ${ofSource(work)} and i.run < s.run and ${isHeld(work)} and not exists (
      select from knowledge_source_item missed
      where missed.workspace_id = s.workspace_id and missed.source_id = s.id and missed.run = s.run
        and missed.status = 'failed' and missed.error ->> 'code' = ${UNREACHABLE}
    )
    order by i.id limit ${limit} for no key update of i`.execute(db)
  return rows
}

export const deleteItems = (db: Kysely<DB>, work: SourceWork, items: ReadonlyArray<SourceItemId>) =>
  sql`
    delete from knowledge_source_item i where ${ofSource(work)} and i.id = any(${items}::bigint[])`.execute(db)
