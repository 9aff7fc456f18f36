import { Predicate, type Redacted, Schema } from "effect"
import type { ToolServer } from "../tool/ToolServer.ts"
import { type Agent, AgentSettings } from "./Agent.ts"
import type { AgentModel } from "./AgentModel.ts"
import { keepHeaders, keepKey } from "./credentials.ts"

/** A model in the place of the one there is. */
export interface ModelChange extends Omit<AgentModel, "apiKey"> {
  /** Not named, it stays as long as the URL's origin does; null takes it away. */
  readonly apiKey?: Redacted.Redacted | null
}

type Credentialed = "model" | "fallbackModel" | "toolServers"

type PlainChange = {
  readonly [Key in Exclude<keyof AgentSettings, Credentialed>]?: Exclude<AgentSettings[Key], undefined> | null
}

/** What of an agent is to be changed; what is not named stays, null takes away. */
export interface AgentChange extends PlainChange {
  readonly name?: string
  readonly model?: ModelChange | null
  readonly fallbackModel?: ModelChange | null
  /** In place of all there are; headers that are not named stay as long as the server's name and origin do. */
  readonly toolServers?: ReadonlyArray<ToolServer> | null
}

const modelAfter = (now: AgentModel | undefined, change: ModelChange | null): AgentModel | null => {
  if (change === null) return null
  const { apiKey, ...model } = change
  if (apiKey === undefined) return keepKey(now, model)
  return apiKey === null ? model : { ...model, apiKey }
}

const serverAfter =
  (now: ReadonlyArray<ToolServer> | undefined) =>
  (server: ToolServer): ToolServer =>
    server.transport.type === "http" && server.transport.headers === undefined ? keepHeaders(now, server) : server

const isSet = (value: unknown): boolean => Predicate.isNotNullish(value) && value !== ""

const checked = Schema.decodeUnknownSync(Schema.toType(AgentSettings))

/** What of the settings is set; undefined when nothing is, so that equal definitions are equal. */
const settingsOf = (next: object): AgentSettings | undefined => {
  const set = Object.entries(next).filter(([, value]) => isSet(value))
  return set.length === 0 ? undefined : checked(Object.fromEntries(set))
}

/** The agent as the change leaves it. */
export const changeAgent = (agent: Agent, change: AgentChange): Agent => {
  const { fallbackModel, model, name, toolServers, ...plain } = change
  const now = agent.settings ?? {}
  const next = {
    ...now,
    ...plain,
    ...(model !== undefined && { model: modelAfter(now.model, model) }),
    ...(fallbackModel !== undefined && { fallbackModel: modelAfter(now.fallbackModel, fallbackModel) }),
    ...(toolServers !== undefined && { toolServers: toolServers?.map(serverAfter(now.toolServers)) })
  }
  const settings = settingsOf(next)
  return { id: agent.id, name: name ?? agent.name, version: agent.version, ...(settings !== undefined && { settings }) }
}
