import { type Redacted, Struct } from "effect"
import type { ToolServer } from "../tool/ToolServer.ts"
import type { AgentSettings } from "./Agent.ts"
import type { AgentModel } from "./AgentModel.ts"

type Place = Pick<AgentModel, "provider" | "url">

const originOf = (url: string): string => (/^[a-z]+:\/\/[^/?#]+/iu.exec(url)?.[0] ?? url).toLowerCase()

/** Whether what is sent to one model goes where it goes with the other. A provider with a name has an address of its own. */
const isSamePlace = (one: Place, other: Place): boolean =>
  one.url === undefined || other.url === undefined
    ? one.url === other.url && one.provider === other.provider
    : originOf(one.url) === originOf(other.url)

const withKey = (model: AgentModel, apiKey: Redacted.Redacted | undefined): AgentModel => ({
  ...Struct.omit(model, ["apiKey"]),
  ...(apiKey !== undefined && { apiKey })
})

/** A model with the key of the one before it, if that is at the same place: a key is never sent where it was not meant for. */
export const keepKey = (before: AgentModel | undefined, model: AgentModel): AgentModel =>
  before !== undefined && isSamePlace(before, model) ? withKey(model, before.apiKey) : model

/** A server with the headers of the one of its name before it, if that is at the same place. */
export const keepHeaders = (before: ReadonlyArray<ToolServer> | undefined, server: ToolServer): ToolServer => {
  const known = before?.find(({ name }) => name === server.name)?.transport
  const { transport } = server
  if (known?.type !== "http" || transport.type !== "http" || originOf(known.url) !== originOf(transport.url)) {
    return server
  }
  const { headers } = known
  return {
    ...server,
    transport: { ...Struct.omit(transport, ["headers"]), ...(headers !== undefined && { headers }) }
  }
}

/** Settings of old with the credentials that are in use now: what was taken away or replaced meanwhile does not come back. */
export const keepCredentials = (now: AgentSettings, old: AgentSettings): AgentSettings => {
  const { fallbackModel, model, toolServers } = old
  return {
    ...old,
    ...(model !== undefined && { model: keepKey(now.model, model) }),
    ...(fallbackModel !== undefined && { fallbackModel: keepKey(now.fallbackModel, fallbackModel) }),
    ...(toolServers !== undefined && { toolServers: toolServers.map((server) => keepHeaders(now.toolServers, server)) })
  }
}
