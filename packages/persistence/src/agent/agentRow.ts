import { type Agent, AgentSettings } from "@butler/domain"
import { Schema } from "effect"

export interface AgentRow {
  readonly agent_id: Agent["id"]
  readonly agent_name: string
  readonly agent_settings: unknown
}

const decode = Schema.decodeUnknownSync(AgentSettings)
const encode = Schema.encodeSync(AgentSettings)

/** On every turn's path; most agents have no settings. */
export const toAgent = ({ agent_id: id, agent_name: name, agent_settings: settings }: AgentRow): Agent =>
  settings === null ? { id, name } : { id, name, settings: decode(settings) }

/** Settings as they are stored: the key in clear text, so that whoever can read the table can read it. */
export const storedSettings = (settings: AgentSettings) => encode(settings)
