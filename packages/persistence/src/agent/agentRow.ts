import type { Agent, Publication } from "@butler/domain"
import { type RawBuilder, sql } from "kysely"

export interface AgentRow {
  readonly agent_id: Agent["id"]
  readonly agent_name: string
  readonly agent_version: number
  readonly agent_settings: unknown
}

export interface AgentStateRow extends AgentRow {
  readonly draft_name: string | null
  readonly draft_settings: unknown
  readonly draft_revision: number
}

export interface AgentVersionRow extends AgentRow, Publication {
  readonly published_at: Date
}

/** Of `agent`. */
export const agentColumns = sql`id as agent_id, name as agent_name, version as agent_version, settings as agent_settings`
export const stateColumns = sql`${agentColumns}, draft_name, draft_settings, draft_revision`

/** Of `agent_version`. */
export const versionColumns = sql`
  agent_id, name as agent_name, version as agent_version, settings as agent_settings, published_by as by, note, published_at`

/** Of `agent a`: what answers a turn, its draft where the turn is to try that and there is one. */
export const answeringVersion = (tries: RawBuilder<unknown>) => sql`
  case when ${tries} and a.draft_name is not null then -a.draft_revision else a.version end`

/** Of `agent a`, in that version. */
export const answeringColumns = (version: RawBuilder<unknown>) => sql`
  a.id as agent_id, ${version} as agent_version,
  case when ${version} < 0 then a.draft_name else a.name end as agent_name,
  case when ${version} < 0 then a.draft_settings else a.settings end as agent_settings`
