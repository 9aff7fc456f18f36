import { type ProgressEvent, type TurnId, TurnProgressLog, type WorkspaceId } from "@butler/domain"
import { Effect, Layer } from "effect"
import { type Kysely, sql } from "kysely"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

/**
 * A start that lost its lease may still tell: what is already there stays. The turn's row is held, so that nothing is left behind
 * a turn that ends meanwhile: a reader would take the rest for all there is.
 */
const append = (db: Kysely<DB>, workspaceId: WorkspaceId, turnId: TurnId, events: ReadonlyArray<ProgressEvent>) =>
  sql`
    with running as (
      select from turn
      where workspace_id = ${workspaceId}::uuid and id = ${turnId}::bigint and status = 'running'
      for share
    )
    insert into turn_progress (workspace_id, turn_id, n, event)
    select ${workspaceId}::uuid, ${turnId}::bigint, (e.event ->> 'n')::integer, e.event
    from running, jsonb_array_elements(${json(events)}) as e (event)
    on conflict do nothing`.execute(db)

const after = (db: Kysely<DB>, workspaceId: WorkspaceId, turnId: TurnId, n: number) =>
  sql<{ readonly event: ProgressEvent }>`
    select event from turn_progress
    where workspace_id = ${workspaceId}::uuid and turn_id = ${turnId}::bigint and n > ${n}::integer
    order by n`.execute(db)

/** `TurnProgressLog` on SQL; a turn's rows go with its end. */
export const TurnProgressLogSql: Layer.Layer<TurnProgressLog, never, Database> = Layer.effect(
  TurnProgressLog,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return TurnProgressLog.of({
      append: (workspaceId, turnId, events) =>
        query("turnProgress.append", (db) => append(db, workspaceId, turnId, events)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.asVoid
        ),
      after: (workspaceId, turnId, n) =>
        query("turnProgress.after", (db) => after(db, workspaceId, turnId, n)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(({ rows }) => rows.map(({ event }) => event))
        )
    })
  })
)
