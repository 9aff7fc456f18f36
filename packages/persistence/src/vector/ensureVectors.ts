import { Effect } from "effect"
import { sql } from "kysely"
import type { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { SqlFailure } from "../database/SqlFailure.ts"

/** What PostgreSQL says where the extension is not installed, or this user may not create it. */
const NOT_OFFERED = new Set(["0A000", "58P01", "42501"])

const createExtension = query("vector.extension", (db) => sql`create extension if not exists vector`.execute(db)).pipe(
  Effect.as(true),
  Effect.catchIf(
    ({ code }) => code !== undefined && NOT_OFFERED.has(code),
    () => Effect.succeed(false)
  )
)

/** Searches that filter need the iterative scan of version 0.8. */
const isRecent = query("vector.version", (db) =>
  sql<{ readonly recent: boolean }>`
    select (string_to_array(extversion, '.')::integer[])[1:2] >= '{0,8}'::integer[] as recent
    from pg_extension where extname = 'vector'`.execute(db)
).pipe(Effect.map(({ rows }) => rows[0]?.recent === true))

const createTable = query("vector.table", (db) =>
  sql`
    create table if not exists chunk_vector (
      workspace_id uuid not null,
      knowledge_base_id smallint not null,
      chunk_key integer not null,
      model text not null,
      dimension smallint not null,
      embedding vector not null,
      constraint chunk_vector_pkey primary key (workspace_id, knowledge_base_id, chunk_key),
      constraint chunk_vector_chunk_fkey foreign key (workspace_id, knowledge_base_id, chunk_key)
        references chunk on delete cascade
    )`.execute(db)
)

/**
 * Makes room for vectors where the database has pgvector, and says whether it has. Not a migration: an operator may install the
 * extension at any time. Processes that start at once may both make the table, of which one then fails and tries again.
 */
export const ensureVectors: Effect.Effect<boolean, SqlFailure, Database> = Effect.gen(function* () {
  if (!(yield* createExtension) || !(yield* isRecent)) return false
  yield* Effect.retry(createTable, { times: 2 })
  return true
})
