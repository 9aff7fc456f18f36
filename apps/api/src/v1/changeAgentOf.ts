import { isOperatorUrl } from "@butler/agent"
import type { AgentChangeRequest } from "@butler/contracts"
import {
  type AgentChange,
  type AgentId,
  Agents,
  changeAgent,
  type KnowledgeBaseId,
  KnowledgeBaseNotFound,
  KnowledgeBases,
  type WorkspaceId
} from "@butler/domain"
import { Egress } from "@butler/webhooks/egress"
import { Effect, Redacted } from "effect"
import { AppConfig } from "../config.ts"
import { Refused } from "../http/Refused.ts"
import { found } from "./found.ts"

const refusedUrl = (reason: string): Refused =>
  new Refused({
    code: "invalid_request",
    detail: `model.url ${reason}`,
    issues: [{ path: "model.url", message: reason }]
  })

/** The operator's own endpoint may stand anywhere; any other is judged as every address that callers name. */
const judge = Effect.fnUntraced(function* (url: string) {
  const { model } = yield* AppConfig
  if (isOperatorUrl(url, model)) return
  const egress = yield* Egress
  yield* Effect.mapError(egress.judge(url), ({ reason }) => refusedUrl(reason))
})

const modelChange = (model: NonNullable<AgentChangeRequest["model"]>): NonNullable<AgentChange["model"]> => ({
  url: model.url,
  model: model.model,
  ...(model.temperature !== undefined && { temperature: model.temperature }),
  ...(model.key !== undefined && { apiKey: model.key === null ? null : Redacted.make(model.key) })
})

const requireBase = (workspaceId: WorkspaceId, knowledgeBaseId: KnowledgeBaseId) =>
  KnowledgeBases.use((bases) => bases.find(workspaceId, knowledgeBaseId)).pipe(
    found(() => new KnowledgeBaseNotFound({ knowledgeBaseId }))
  )

/** Changes an agent; a knowledge base that is not there and a model's URL that may not be called are refused, and nothing is stored. */
export const changeAgentOf = Effect.fn("changeAgentOf")(function* (
  workspaceId: WorkspaceId,
  agentId: AgentId,
  { instructions, knowledgeBaseIds, model, name }: AgentChangeRequest
) {
  yield* Effect.forEach(knowledgeBaseIds ?? [], (id) => requireBase(workspaceId, id), { discard: true })
  if (model !== undefined && model !== null) yield* judge(model.url)
  const change: AgentChange = {
    ...(name !== undefined && { name }),
    ...(instructions !== undefined && { instructions }),
    ...(model !== undefined && { model: model === null ? null : modelChange(model) }),
    ...(knowledgeBaseIds !== undefined && { knowledgeBases: knowledgeBaseIds })
  }
  const agents = yield* Agents
  return yield* agents.update(workspaceId, agentId, (agent) => changeAgent(agent, change))
})
