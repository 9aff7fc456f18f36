import { LeaseLost, type RunnableTurn, TurnCheckpoints } from "@butler/domain"
import { Effect, Layer } from "effect"
import { type Kysely, sql } from "kysely"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"

interface Row {
  readonly key: string
  readonly value: unknown
}

const read = (db: Kysely<DB>, { id, workspaceId }: RunnableTurn) =>
  sql<Row>`
    select key, value from turn_checkpoint
    where workspace_id = ${workspaceId}::uuid and turn_id = ${id}::bigint`.execute(db)

/** The lane is held, so that nothing is left behind a turn that ends meanwhile. */
const write = (db: Kysely<DB>, { id, lease, workspaceId }: RunnableTurn, key: string, value: unknown) =>
  sql`
    with held as (
      select from lane
      where workspace_id = ${workspaceId}::uuid and kind = 'turn' and key = ${lease.key}
        and lease_token = ${lease.token}::bigint
      for share
    )
    insert into turn_checkpoint (workspace_id, turn_id, key, value)
    select ${workspaceId}::uuid, ${id}::bigint, ${key}::text, ${json(value)} from held
    on conflict on constraint turn_checkpoint_pkey do update set value = excluded.value
    returning 1`.execute(db)

/** `TurnCheckpoints` on SQL; a turn's rows go with its end. */
export const TurnCheckpointsSql: Layer.Layer<TurnCheckpoints, never, Database> = Layer.effect(
  TurnCheckpoints,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return TurnCheckpoints.of({
      read: (turn) =>
        query("turnCheckpoint.read", (db) => read(db, turn)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(({ rows }) => new Map(rows.map(({ key, value }) => [key, value])))
        ),
      write: Effect.fnUntraced(function* (turn, key, value) {
        const { rows } = yield* query("turnCheckpoint.write", (db) => write(db, turn, key, value)).pipe(
          onDatabase,
          Effect.orDie
        )
        if (rows.length === 0) return yield* new LeaseLost({ turnId: turn.id })
      })
    })
  })
)
