import { type Workspace, Workspaces } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { type Kysely, sql } from "kysely"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { DB } from "../database/tables.ts"
import { createWorkspace } from "./createWorkspace.ts"

const find = (db: Kysely<DB>, id: Workspace["id"]) =>
  sql<Workspace>`
    select workspace_id as id, name, created_at as "createdAt" from workspace where workspace_id = ${id}::uuid`.execute(
    db
  )

const list = (db: Kysely<DB>) =>
  sql<Workspace>`
    select workspace_id as id, name, created_at as "createdAt" from workspace
    order by created_at, default_agent_id`.execute(db)

/** `Workspaces` on SQL. */
export const WorkspacesSql: Layer.Layer<Workspaces, never, Database> = Layer.effect(
  Workspaces,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return Workspaces.of({
      create: (workspace, agent) =>
        query("workspace.create", (db) => createWorkspace(db, workspace, agent)).pipe(onDatabase, Effect.orDie),
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
