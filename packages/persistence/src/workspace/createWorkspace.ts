import { type Agent, DEFAULT_KNOWLEDGE_BASE, type Workspace } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"

/** The workspace with its default agent and its default knowledge base. Asked again with the same id it answers the one there is. */
export const createWorkspace = async (
  db: Kysely<DB>,
  { id, name }: Pick<Workspace, "id" | "name">,
  agent: Pick<Agent, "id" | "name">
): Promise<Workspace> => {
  const { rows } = await sql<Workspace>`
    with workspace_now as (
      insert into workspace (workspace_id, name, default_agent_id)
      values (${id}::uuid, ${name}::text, ${agent.id}::bigint)
      on conflict on constraint workspace_pkey do update set name = workspace.name
      returning workspace_id as id, name, default_agent_id as "defaultAgentId", model_budget as "modelBudget", created_at as "createdAt"
    ),
    agent_now as (
      insert into agent (workspace_id, id, name)
      select id, "defaultAgentId", ${agent.name}::text from workspace_now
      on conflict on constraint agent_pkey do nothing
      returning workspace_id, id, name, version
    ),
    version_now as (
      insert into agent_version (workspace_id, agent_id, version, name)
      select workspace_id, id, version, name from agent_now
    ),
    knowledge_now as (
      insert into knowledge_base (workspace_id, knowledge_base_id)
      select id, ${DEFAULT_KNOWLEDGE_BASE}::smallint from workspace_now
      on conflict on constraint knowledge_base_pkey do nothing
    )
    select id, name, "defaultAgentId", "modelBudget", "createdAt" from workspace_now`.execute(db)
  const [workspace] = rows
  if (workspace === undefined) throw new Error(`workspace ${id} was not stored`)
  return workspace
}
