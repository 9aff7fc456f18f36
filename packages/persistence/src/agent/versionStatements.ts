import type { AgentId, AgentVersionQuery, WorkspaceId } from "@butler/domain"
import { type Kysely, sql } from "kysely"
import type { DB } from "../database/tables.ts"
import { type AgentVersionRow, versionColumns } from "./agentRow.ts"

/** Larger than any version. */
const NEVER = 2_147_483_647

export const listVersions = (db: Kysely<DB>, { agentId, before, limit, workspaceId }: AgentVersionQuery) =>
  sql<AgentVersionRow>`
    select ${versionColumns} from agent_version
    where workspace_id = ${workspaceId}::uuid and agent_id = ${agentId}::bigint
      and version < ${before ?? NEVER}::integer
    order by version desc limit ${limit}::integer`.execute(db)

export const findVersion = (db: Kysely<DB>, workspaceId: WorkspaceId, agentId: AgentId, version: number) =>
  sql<AgentVersionRow>`
    select ${versionColumns} from agent_version
    where workspace_id = ${workspaceId}::uuid and agent_id = ${agentId}::bigint
      and version = ${version}::integer`.execute(db)
