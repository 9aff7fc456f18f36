import type { AgentChangeRequest, AgentModelChange, AgentToolServerInput } from "@butler/contracts"
import type { AgentChange, ModelChange, ToolServer } from "@butler/domain"
import { Record, Redacted, Struct } from "effect"

const modelChange = ({ key, ...model }: AgentModelChange): ModelChange => ({
  ...model,
  ...(key !== undefined && { apiKey: key === null ? null : Redacted.make(key) })
})

const serverOf = ({ transport, ...server }: AgentToolServerInput): ToolServer => {
  if (transport.type === "stdio") return { ...server, transport }
  const { headers, type, url } = transport
  const redacted = headers === undefined ? undefined : Record.map(headers, (value) => Redacted.make(value))
  return { ...server, transport: { type, url, ...(redacted !== undefined && { headers: redacted }) } }
}

/** A decoded request as the domain's change. */
export const agentChangeOf = (request: AgentChangeRequest): AgentChange => {
  const { fallbackModel, knowledgeBaseIds, model, toolServers } = request
  return {
    ...Struct.omit(request, ["fallbackModel", "knowledgeBaseIds", "model", "toolServers"]),
    ...(model !== undefined && { model: model && modelChange(model) }),
    ...(fallbackModel !== undefined && { fallbackModel: fallbackModel && modelChange(fallbackModel) }),
    ...(toolServers !== undefined && { toolServers: toolServers?.map(serverOf) ?? null }),
    ...(knowledgeBaseIds !== undefined && { knowledgeBases: knowledgeBaseIds })
  }
}
