import { AgentNotFound, type Workspace, type WorkspaceChange, Workspaces } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { type Kysely, sql } from "kysely"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { DB } from "../database/tables.ts"
import { json } from "../json.ts"
import { createWorkspace } from "./createWorkspace.ts"

const columns = sql`workspace_id as id, name, default_agent_id as "defaultAgentId", model_budget as "modelBudget",
  created_at as "createdAt"`

const find = (db: Kysely<DB>, id: Workspace["id"]) =>
  sql<Workspace>`
    select ${columns} from workspace where workspace_id = ${id}::uuid`.execute(db)

const list = (db: Kysely<DB>) =>
  sql<Workspace>`
    select ${columns} from workspace order by created_at, default_agent_id`.execute(db)

/** An agent that is named is held until the change is stored, so that it is not removed meanwhile. */
const update = (db: Kysely<DB>, id: Workspace["id"], change: WorkspaceChange) => {
  const { defaultAgentId = null, modelBudget, name = null } = change
  const budget = modelBudget === undefined ? sql`model_budget` : modelBudget === null ? sql`null` : json(modelBudget)
  return sql<Workspace>`
    with agent_now as materialized (
      select id from agent
      where workspace_id = ${id}::uuid and id = ${defaultAgentId}::bigint and removed_at is null
      for share
    )
    update workspace set
      model_budget = ${budget},
      name = coalesce(${name}::text, name),
      default_agent_id = coalesce((select id from agent_now), default_agent_id)
    where workspace_id = ${id}::uuid and (${defaultAgentId}::bigint is null or exists (select from agent_now))
    returning ${columns}`.execute(db)
}

/** `Workspaces` on SQL. */
export const WorkspacesSql: Layer.Layer<Workspaces, never, Database> = Layer.effect(
  Workspaces,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return Workspaces.of({
      create: (workspace, agent) =>
        query("workspace.create", (db) => createWorkspace(db, workspace, agent)).pipe(onDatabase, Effect.orDie),
      update: Effect.fnUntraced(function* (id, change) {
        const { rows } = yield* query("workspace.update", (db) => update(db, id, change)).pipe(onDatabase, Effect.orDie)
        const [workspace] = rows
        if (workspace !== undefined) return workspace
        const { defaultAgentId } = change
        if (defaultAgentId === undefined) return yield* Effect.die(`workspace ${id} does not exist`)
        return yield* new AgentNotFound({ agentId: defaultAgentId })
      }),
      find: (id) =>
        query("workspace.find", (db) => find(db, id)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(({ rows }) => Option.fromUndefinedOr(rows[0]))
        ),
      list: query("workspace.list", list).pipe(
        onDatabase,
        Effect.orDie,
        Effect.map(({ rows }) => rows)
      )
    })
  })
)
