import { type Agent, AgentNotFound, Agents, type AgentId, type WorkspaceId } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { type Kysely, sql } from "kysely"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { DB } from "../database/tables.ts"
import { transaction } from "../database/transaction.ts"
import { json } from "../json.ts"
import { type AgentRow, storedSettings, toAgent } from "./agentRow.ts"

const columns = sql`id as agent_id, name as agent_name, settings as agent_settings`

const list = (db: Kysely<DB>, workspaceId: WorkspaceId) =>
  sql<AgentRow>`
    select ${columns} from agent where workspace_id = ${workspaceId}::uuid order by created_at, id`.execute(db)

const find = (db: Kysely<DB>, workspaceId: WorkspaceId, id: AgentId) =>
  sql<AgentRow>`
    select ${columns} from agent where workspace_id = ${workspaceId}::uuid and id = ${id}::bigint`.execute(db)

const lock = (db: Kysely<DB>, workspaceId: WorkspaceId, id: AgentId) =>
  sql<AgentRow>`
    select ${columns} from agent where workspace_id = ${workspaceId}::uuid and id = ${id}::bigint
    for no key update`.execute(db)

const store = (db: Kysely<DB>, workspaceId: WorkspaceId, { id, name, settings }: Agent) =>
  sql`
    update agent set name = ${name},
      settings = ${settings === undefined ? sql`null` : json(storedSettings(settings))}
    where workspace_id = ${workspaceId}::uuid and id = ${id}::bigint`.execute(db)

/** `Agents` on SQL. */
export const AgentsSql: Layer.Layer<Agents, never, Database> = Layer.effect(
  Agents,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return Agents.of({
      list: (workspaceId) =>
        query("agent.list", (db) => list(db, workspaceId)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(({ rows }) => rows.map(toAgent))
        ),
      find: (workspaceId, id) =>
        query("agent.find", (db) => find(db, workspaceId, id)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(({ rows }) => Option.map(Option.fromUndefinedOr(rows[0]), toAgent))
        ),
      update: Effect.fn("Agents.update")(
        function* (workspaceId, id, change) {
          const { rows } = yield* query("agent.lock", (db) => lock(db, workspaceId, id))
          const [row] = rows
          if (row === undefined) return yield* new AgentNotFound({ agentId: id })
          const agent = change(toAgent(row))
          yield* query("agent.store", (db) => store(db, workspaceId, agent))
          return agent
        },
        transaction,
        onDatabase,
        Effect.catchTag("SqlFailure", Effect.die)
      )
    })
  })
)
