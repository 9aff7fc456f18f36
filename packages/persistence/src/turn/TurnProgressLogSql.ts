import { type ProgressEvent, type ToldProgress, type TurnId, TurnProgressLog, type WorkspaceId } from "@butler/domain"
import { Effect, Layer } from "effect"
import { type Kysely, sql } from "kysely"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

/**
 * The lanes are held meanwhile, so that nothing is left behind a turn that is cancelled or superseded, or behind a start whose
 * lease runs out: whoever takes it over reads all that was told. They are locked in the order that all others do.
 */
const append = (db: Kysely<DB>, told: ReadonlyArray<ToldProgress>) => {
  const rows = told.map(({ events, lease: { key, token, workspaceId }, turnId }) => ({
    workspaceId,
    key,
    token,
    turnId,
    events
  }))
  return sql`
    with held as materialized (
      select l.workspace_id, t."turnId" as turn_id, t.events
      from jsonb_to_recordset(${json(rows)})
        as t ("workspaceId" uuid, key text, token bigint, "turnId" bigint, events jsonb)
      join lane l on l.workspace_id = t."workspaceId" and l.kind = 'turn' and l.key = t.key and l.lease_token = t.token
      order by l.workspace_id, l.key
      for share of l
    )
    insert into turn_progress (workspace_id, turn_id, n, event)
    select h.workspace_id, h.turn_id, (e.event ->> 'n')::integer, e.event
    from held h, jsonb_array_elements(h.events) as e (event)
    on conflict do nothing`.execute(db)
}

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
      append: (told) =>
        query("turnProgress.append", (db) => append(db, told)).pipe(onDatabase, Effect.orDie, Effect.asVoid),
      after: (workspaceId, turnId, n) =>
        query("turnProgress.after", (db) => after(db, workspaceId, turnId, n)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(({ rows }) => rows.map(({ event }) => event))
        )
    })
  })
)
