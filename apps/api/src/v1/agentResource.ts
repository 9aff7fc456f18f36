import type { AgentResource } from "@butler/contracts"
import type { Agent } from "@butler/domain"

/** The agent as it is shown; of its key only whether there is one. */
export const agentResource = ({
  id,
  name,
  version,
  settings: { instructions, knowledgeBases, model } = {}
}: Agent): AgentResource => ({
  id,
  name,
  version,
  instructions: instructions ?? null,
  model:
    model === undefined
      ? null
      : {
          url: model.url ?? null,
          model: model.model,
          temperature: model.temperature ?? null,
          hasKey: model.apiKey !== undefined
        },
  knowledgeBaseIds: knowledgeBases ?? null
})
