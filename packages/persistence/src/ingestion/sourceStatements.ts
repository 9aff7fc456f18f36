import type { ItemQuery, NewSource, SourceId, SourceQuery, SubmittedFile, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"
import { inMillis } from "../lane/leaseColumns.ts"
import { isShown, sourceColumns } from "./sourceRow.ts"

/** Stores sources with their lanes, which are due after `dueMs`; answers them in their order. */
export const insertSources = (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  sources: ReadonlyArray<NewSource>,
  status: "queued" | "uploading",
  dueMs: number
) =>
  sql`
    with given as (
      select g.place, n.*
      from jsonb_array_elements(${json(sources)}) with ordinality as g (source, place)
      cross join lateral jsonb_to_record(g.source) as n (
        id text, "knowledgeBaseId" smallint, kind text, name text, url text, "maxPages" integer, "maxDepth" integer,
        "syncFrequency" text
      )
    ), job_lane as (
      insert into lane (workspace_id, kind, key, last_seq, done_seq, attempts, next_at)
      select ${workspaceId}::uuid, 'ingestion', g.id, 1, 0, 0, ${inMillis(dueMs)} from given g
    ), s as (
      insert into knowledge_source
        (workspace_id, id, position, knowledge_base_id, kind, name, url, max_pages, max_depth, sync_frequency, status)
      select ${workspaceId}::uuid, g.id, substr(g.id, 5)::bigint, g."knowledgeBaseId", g.kind, g.name, g.url, g."maxPages",
             g."maxDepth", g."syncFrequency", ${status}
      from given g
      returning *
    )
    select ${sourceColumns} from s join given g on g.id = s.id order by g.place`.execute(db)

/** False when the file is not open. */
export const insertFilePart = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  id: SourceId,
  part: number,
  bytes: Uint8Array
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    insert into knowledge_file (workspace_id, source_id, part, bytes)
    select s.workspace_id, s.id, ${part}::integer, ${bytes}::bytea from knowledge_source s
    where s.workspace_id = ${workspaceId} and s.id = ${id} and s.status = 'uploading' and s.removed_at is null`.execute(
    db
  )
  return numAffectedRows === 1n
}

/** Makes an open file's source one that waits to be read. */
export const submitSource = (db: Kysely<DB>, workspaceId: WorkspaceId, id: SourceId, file: SubmittedFile) =>
  sql`
    with s as (
      update knowledge_source set
        status = 'queued', kind = ${file.kind}, name = ${file.name}, knowledge_base_id = ${file.knowledgeBaseId},
        size = ${file.size}
      where workspace_id = ${workspaceId} and id = ${id} and status = 'uploading' and removed_at is null
      returning *
    ), job_lane as (
      update lane set next_at = clock_timestamp() from s
      where lane.workspace_id = s.workspace_id and lane.kind = 'ingestion' and lane.key = s.id
    )
    select ${sourceColumns} from s`.execute(db)

export const findSource = (db: Kysely<DB>, workspaceId: WorkspaceId, id: SourceId) =>
  sql`
    select ${sourceColumns} from knowledge_source s
    where s.workspace_id = ${workspaceId} and s.id = ${id} and ${isShown}`.execute(db)

export const listSources = (db: Kysely<DB>, workspaceId: WorkspaceId, { after, knowledgeBaseId, limit }: SourceQuery) =>
  sql`
    select ${sourceColumns} from knowledge_source s
    where s.workspace_id = ${workspaceId} and ${isShown}
      and (${knowledgeBaseId}::smallint is null or s.knowledge_base_id = ${knowledgeBaseId}::smallint)
      and (${after}::bigint is null or s.position < ${after}::bigint)
    order by s.position desc limit ${limit}`.execute(db)

/** A page of items; one row without an item says that the source is there. */
export const listItems = async (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  id: SourceId,
  { after, limit, status }: ItemQuery
) => {
  const { rows } = await sql<{ readonly id: string | null }>`
    select i.* from knowledge_source s
    left join lateral (
      select i.id, i.locator, i.title, i.status, i.error, i.document_count as "documentCount",
        i.chunk_count as "chunkCount", i.read_at as "readAt"
      from knowledge_source_item i
      where i.workspace_id = s.workspace_id and i.source_id = s.id
        and (${status}::text is null or i.status = ${status}::text)
        and (${after}::bigint is null or i.id > ${after}::bigint)
      order by i.id limit ${limit}
    ) i on true
    where s.workspace_id = ${workspaceId} and s.id = ${id} and ${isShown}
    order by i.id`.execute(db)
  return rows
}
