import type { AgentId, AgentQuery, Publication, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { jsonOrNull } from "../json.ts"
import { agentColumns, type AgentRow, type AgentStateRow, stateColumns } from "./agentRow.ts"

/** Ids grow with time. */
export const listAgents = (db: Kysely<DB>, { after, limit, workspaceId }: AgentQuery) =>
  sql<AgentRow>`
    select ${agentColumns} from agent
    where workspace_id = ${workspaceId}::uuid and removed_at is null and id > ${after ?? 0}::bigint
    order by id limit ${limit}::integer`.execute(db)

export const findAgent = (db: Kysely<DB>, workspaceId: WorkspaceId, id: AgentId) =>
  sql<AgentStateRow>`
    select ${stateColumns} from agent
    where workspace_id = ${workspaceId}::uuid and id = ${id}::bigint and removed_at is null`.execute(db)

/** Held against other changes, and against those who are about to count on it, for the rest of the transaction. */
export const lockAgent = (db: Kysely<DB>, workspaceId: WorkspaceId, id: AgentId) =>
  sql<AgentStateRow>`
    select ${stateColumns} from agent
    where workspace_id = ${workspaceId}::uuid and id = ${id}::bigint and removed_at is null
    for no key update`.execute(db)

/** A definition as it is stored. */
export interface StoredDefinition {
  readonly name: string
  readonly settings: unknown
}

/** An agent's state as it is stored. */
export interface StoredState {
  readonly id: AgentId
  readonly version: number
  readonly published: StoredDefinition
  readonly draft: StoredDefinition | null
  readonly revision: number
}

export const insertAgent = (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  { id, published, version }: StoredState,
  { by, note }: Publication
) =>
  sql`
    with agent_now as (
      insert into agent (workspace_id, id, name, version, settings)
      values (${workspaceId}::uuid, ${id}::bigint, ${published.name}, ${version}::integer,
              ${jsonOrNull(published.settings)})
      returning workspace_id, id, version, name, settings
    )
    insert into agent_version (workspace_id, agent_id, version, name, settings, note, published_by)
    select workspace_id, id, version, name, settings, ${note}::text, ${by}::text from agent_now`.execute(db)

/** How many chatbots there are, without the agent that the workspace was made with. */
export const countChatbots = async (db: Kysely<DB>, workspaceId: WorkspaceId, initial: AgentId): Promise<number> => {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*)::integer as count from agent
    where workspace_id = ${workspaceId}::uuid and removed_at is null and id <> ${initial}::bigint`.execute(db)
  return rows[0]?.count ?? 0
}

/** A version that is new is kept. */
export const storeAgent = (
  db: Kysely<DB>,
  workspaceId: WorkspaceId,
  { draft, id, published, revision, version }: StoredState,
  { by, note }: Publication
) =>
  sql`
    with agent_now as (
      update agent set
        name = ${published.name}, version = ${version}::integer, settings = ${jsonOrNull(published.settings)},
        draft_name = ${draft?.name ?? null}::text, draft_settings = ${jsonOrNull(draft?.settings ?? null)},
        draft_revision = ${revision}::integer
      where workspace_id = ${workspaceId}::uuid and id = ${id}::bigint
      returning workspace_id, id, version, name, settings
    )
    insert into agent_version (workspace_id, agent_id, version, name, settings, note, published_by)
    select workspace_id, id, version, name, settings, ${note}::text, ${by}::text from agent_now
    on conflict on constraint agent_version_pkey do nothing`.execute(db)

export interface Removal {
  readonly is_default: boolean
  readonly has_key: boolean
}

/** Removes an agent, which the transaction holds, and its pictures, unless someone counts on it. */
export const removeAgent = (db: Kysely<DB>, workspaceId: WorkspaceId, id: AgentId) =>
  sql<Removal>`
    with use as (
      select
        exists (
          select from workspace where workspace_id = ${workspaceId}::uuid and default_agent_id = ${id}::bigint
        ) as is_default,
        exists (
          select from api_key
          where workspace_id = ${workspaceId}::uuid and agent_id = ${id}::bigint
            and revoked_at is null and (expires_at is null or expires_at > now())
        ) as has_key
    ),
    agent_now as (
      update agent set removed_at = now()
      from use
      where workspace_id = ${workspaceId}::uuid and id = ${id}::bigint and not is_default and not has_key
      returning id
    ),
    endpoint_now as (
      update webhook_endpoint e set removed_at = now(), enabled = false
      from agent_now a
      where e.workspace_id = ${workspaceId}::uuid and e.agent_id = a.id and e.removed_at is null
      returning e.id
    ),
    secret_now as (
      delete from signing_secret s using endpoint_now e
      where s.workspace_id = ${workspaceId}::uuid and s.owner = e.id
    ),
    icon_now as (
      delete from chatbot_icon i using agent_now a where i.workspace_id = ${workspaceId}::uuid and i.agent_id = a.id
    )
    select is_default, has_key from use`.execute(db)
