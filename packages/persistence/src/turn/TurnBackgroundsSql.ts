import {
  type BackgroundQuery,
  type RecalledMemory,
  type SaidMessage,
  type TurnBackground,
  TurnBackgrounds
} from "@butler/domain"
import { Effect, Layer, Struct } from "effect"
import { type Kysely, sql } from "kysely"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { DB } from "../database/tables.ts"
import { unseen } from "../database/unseen.ts"
import { ownerOf } from "../recall/memoryColumns.ts"

/** A memory as JSON has it. */
type MemoryRow = Omit<RecalledMemory, "updatedAt"> & { readonly updatedAt: string }

interface Row {
  readonly said: ReadonlyArray<SaidMessage>
  readonly memories: ReadonlyArray<MemoryRow>
  readonly details: TurnBackground["details"]
}

/** Each list comes as one value: twenty rows of a driver cost more than the statement itself. */
const find = async (db: Kysely<DB>, asked: BackgroundQuery): Promise<ReadonlyArray<Row>> => {
  const { contactId, dialogId, memories, messages, workspaceId } = asked
  const { rows } = await sql<Row>`
    select coalesce((
      select json_agg(s) from (
        select m.seq as sequence, m.turn_id::text as "turnId", m.sender_type as "senderType", m.content, m.attachments
        from message m
        where m.workspace_id = ${workspaceId}::uuid and m.dialog_id = ${dialogId}
          and m.seq > (select context_start from dialog where workspace_id = ${workspaceId}::uuid and id = ${dialogId})
        order by m.seq desc
        limit ${unseen(messages, "integer")}
      ) s
    ), '[]') as said, coalesce((
      select json_agg(k) from (
        select m.id::text as id, m.text, m.updated_at as "updatedAt"
        from contact_memory m
        where m.workspace_id = ${workspaceId}::uuid and m.contact_id = ${ownerOf(workspaceId, contactId)}
        order by m.created_at desc, m.id desc
        limit ${unseen(memories, "integer")}
      ) k
    ), '[]') as memories, coalesce((
      select c.details from contact c
      where c.workspace_id = ${workspaceId}::uuid and c.id = ${ownerOf(workspaceId, contactId)}
    ), '{}') as details`.execute(db)
  return rows
}

const dated = (memory: MemoryRow): RecalledMemory => Struct.assign(memory, { updatedAt: new Date(memory.updatedAt) })

/** `TurnBackgrounds` on SQL, in one statement. */
export const TurnBackgroundsSql: Layer.Layer<TurnBackgrounds, never, Database> = Layer.effect(
  TurnBackgrounds,
  Effect.map(Database, (database) =>
    TurnBackgrounds.of({
      find: (asked) =>
        query("turn.background", (db) => find(db, asked)).pipe(
          Effect.provideService(Database, database),
          Effect.orDie,
          Effect.map(([row]) => ({
            said: row?.said ?? [],
            memories: row?.memories.map(dated) ?? [],
            details: row?.details ?? {}
          }))
        )
    })
  )
)
