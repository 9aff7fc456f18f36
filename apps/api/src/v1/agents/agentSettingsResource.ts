import type { AgentModelResource, AgentResource, AgentToolServerResource } from "@butler/contracts"
import { type AgentModel, type AgentSettings, isUnreadable, type ToolServer } from "@butler/domain"

const modelResource = (model: AgentModel | undefined): AgentModelResource | null =>
  model === undefined
    ? null
    : {
        provider: model.provider ?? "openai-compatible",
        url: model.url ?? null,
        model: model.model,
        temperature: model.temperature ?? null,
        prices: model.prices ?? null,
        hasKey: model.apiKey !== undefined,
        keyUnreadable: isUnreadable(model.apiKey)
      }

const serverResource = ({ allow, name, transport }: ToolServer): AgentToolServerResource => ({
  name,
  transport:
    transport.type === "http"
      ? {
          type: "http",
          url: transport.url,
          headerNames: Object.keys(transport.headers ?? {}),
          headersUnreadable: Object.values(transport.headers ?? {}).some(isUnreadable)
        }
      : transport,
  allow: allow ?? null
})

/** Settings as they are shown: null where there is none, and of credentials only that there are some. */
export const agentSettingsResource = (
  settings: AgentSettings = {}
): Omit<AgentResource, "id" | "name" | "version"> => ({
  instructions: settings.instructions ?? null,
  model: modelResource(settings.model),
  fallbackModel: modelResource(settings.fallbackModel),
  temperature: settings.temperature ?? null,
  mode: settings.mode ?? null,
  budgets: settings.budgets ?? null,
  budgetReply: settings.budgetReply ?? null,
  fallbackReply: settings.fallbackReply ?? null,
  onFailure: settings.onFailure ?? null,
  historyMessages: settings.historyMessages ?? null,
  passages: settings.passages ?? null,
  suggestions: settings.suggestions ?? null,
  toolServers: settings.toolServers?.map(serverResource) ?? null,
  internalTools: settings.internalTools ?? null,
  knowledgeBaseIds: settings.knowledgeBases ?? null,
  tasks: settings.tasks ?? null,
  taskThreshold: settings.taskThreshold ?? null
})
