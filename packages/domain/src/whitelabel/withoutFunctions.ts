import { Struct } from "effect"
import type { Agent } from "../agent/Agent.ts"

/** The agent as it answers where functions are switched off: no server offers it tools. */
export const withoutFunctions = (agent: Agent): Agent =>
  agent.settings?.toolServers === undefined
    ? agent
    : { ...agent, settings: Struct.omit(agent.settings, ["toolServers"]) }
