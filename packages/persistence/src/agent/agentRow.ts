import {
  type Agent,
  type AgentDefinition,
  AgentSettings,
  type AgentState,
  type AgentVersion,
  type Publication
} from "@butler/domain"
import { Schema } from "effect"
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

const decode = Schema.decodeUnknownSync(AgentSettings)
const encode = Schema.encodeSync(AgentSettings)

const toDefinition = (name: string, settings: unknown): AgentDefinition =>
  settings === null ? { name } : { name, settings: decode(settings) }

/** On every turn's path; most agents have no settings. */
export const toAgent = ({ agent_id: id, agent_name, agent_settings, agent_version: version }: AgentRow): Agent => ({
  id,
  version,
  ...toDefinition(agent_name, agent_settings)
})

export const toState = (row: AgentStateRow): AgentState => ({
  agent: toAgent(row),
  draft: row.draft_name === null ? null : toDefinition(row.draft_name, row.draft_settings),
  revision: row.draft_revision
})

export const toVersion = (row: AgentVersionRow): AgentVersion => {
  const { id: agentId, ...definition } = toAgent(row)
  return { agentId, ...definition, by: row.by, note: row.note, publishedAt: row.published_at }
}

/** Settings as they are stored: the key in clear text, so that whoever can read the table can read it. */
export const storedSettings = (settings: AgentSettings | undefined): unknown =>
  settings === undefined ? null : encode(settings)
