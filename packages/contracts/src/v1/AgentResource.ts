import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { agentId } from "../fields/ids.ts"
import { page, pageQuery } from "../fields/page.ts"
import { agentSettingsFields } from "./agent/AgentSettingsResource.ts"

const version = Schema.Int.annotate({ description: "Counts its publications." })

export const AgentResource = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  version,
  ...agentSettingsFields
}).annotate({ identifier: "Agent", description: "Who answers, as it is published." })
export type AgentResource = typeof AgentResource.Type

export const AgentPage = page("AgentPage", AgentResource)
export type AgentPage = typeof AgentPage.Type

export const AgentListQuery = Schema.Struct(pageQuery)
export type AgentListQuery = typeof AgentListQuery.Type
export const decodeAgentListQuery = decoder(AgentListQuery)

export const AgentParams = Schema.Struct({ agentId })
export const decodeAgentParams = decoder(AgentParams)
