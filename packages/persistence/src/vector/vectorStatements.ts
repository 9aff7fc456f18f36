import type { ChunkId, KnowledgeBaseId, VectorWork, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { inMillis } from "../lane/leaseColumns.ts"

/** A knowledge base with chunks that have no vector of the model; `through` is its last key. */
export interface ClaimedBase {
  readonly workspaceId: WorkspaceId
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly from: number
  readonly through: number
}

/** The knowledge base that has waited longest, for so long nobody else's. Some ms for each 10,000 knowledge bases. */
export const claimBase = async (db: Kysely<DB>, model: string, leaseMs: number): Promise<ClaimedBase | undefined> => {
  const { rows } = await sql<ClaimedBase>`
    with due as (
      select base.workspace_id, base.knowledge_base_id, last_chunk_key,
        case when progress.model = ${model} then through_key else 0 end as from_key
      from knowledge_base base left join knowledge_vectors progress
        on progress.workspace_id = base.workspace_id and progress.knowledge_base_id = base.knowledge_base_id
      where last_chunk_key > case when progress.model = ${model} then through_key else 0 end
        and (due_at is null or due_at <= now())
      order by due_at nulls first
      limit 1
    ), claimed as (
      insert into knowledge_vectors as progress (workspace_id, knowledge_base_id, model, through_key, due_at)
      select workspace_id, knowledge_base_id, ${model}, from_key, ${inMillis(leaseMs)} from due
      on conflict on constraint knowledge_vectors_pkey do update set
        model = excluded.model, through_key = excluded.through_key, due_at = excluded.due_at
      where progress.due_at <= now()
      returning workspace_id, knowledge_base_id, through_key
    )
    select claimed.workspace_id as "workspaceId", claimed.knowledge_base_id as "knowledgeBaseId", through_key as "from",
      last_chunk_key as "through"
    from claimed cross join due`.execute(db)
  return rows[0]
}

/** The enabled chunks behind a key, in the order they were stored. */
export const chunksAfter = async (
  db: Kysely<DB>,
  { from, knowledgeBaseId, workspaceId }: ClaimedBase,
  limit: number
) => {
  const { rows } = await sql<{ readonly id: ChunkId; readonly key: number; readonly text: string }>`
    select chunk.id, chunk.key, document.name || E'\n' || chunk.content as text
    from chunk join document on document.workspace_id = chunk.workspace_id and document.id = chunk.document_id
    where chunk.workspace_id = ${workspaceId} and chunk.knowledge_base_id = ${knowledgeBaseId} and chunk.key > ${from}
      and chunk.enabled
    order by chunk.key limit ${limit}`.execute(db)
  return rows
}

export interface StoredVectors {
  readonly ids: ReadonlyArray<ChunkId>
  readonly vectors: ReadonlyArray<string>
  readonly dimension: number
}

/** Stores vectors of chunks that are still there, and that these are done; nothing when others have done them. */
export const storeVectors = (db: Kysely<DB>, work: VectorWork, { dimension, ids, vectors }: StoredVectors) =>
  sql`
    with done as (
      ${advance(work)} returning 1
    )
    insert into chunk_vector (workspace_id, knowledge_base_id, chunk_key, model, dimension, embedding)
    select chunk.workspace_id, chunk.knowledge_base_id, chunk.key, ${work.model}, ${dimension}::smallint, given.embedding::vector
    from done cross join unnest(${ids}::text[], ${vectors}::text[]) as given (id, embedding)
    join chunk on chunk.workspace_id = ${work.workspaceId} and chunk.id = given.id
    on conflict on constraint chunk_vector_pkey do update set
      model = excluded.model, dimension = excluded.dimension, embedding = excluded.embedding`.execute(db)

/** There was nothing to store among these. */
export const skipVectors = (db: Kysely<DB>, work: VectorWork) => advance(work).execute(db)

const advance = ({ from, knowledgeBaseId, model, through, workspaceId }: VectorWork) => sql`
  update knowledge_vectors set through_key = ${through}, due_at = now()
  where workspace_id = ${workspaceId} and knowledge_base_id = ${knowledgeBaseId} and model = ${model}
    and through_key = ${from}`

export const putOffVectors = (db: Kysely<DB>, { knowledgeBaseId, model, workspaceId }: VectorWork, delayMs: number) =>
  sql`
    update knowledge_vectors set due_at = ${inMillis(delayMs)}
    where workspace_id = ${workspaceId} and knowledge_base_id = ${knowledgeBaseId} and model = ${model}`.execute(db)
