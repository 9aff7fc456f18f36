import { isOperatorUrl, isPattern } from "@butler/agent"
import type { AgentChangeRequest } from "@butler/contracts"
import {
  type AgentChange,
  Cipher,
  type KnowledgeBaseId,
  KnowledgeBaseNotFound,
  KnowledgeBases,
  type WorkspaceId
} from "@butler/domain"
import { Egress } from "@butler/webhooks/egress"
import { Effect } from "effect"
import { AppConfig } from "../../config.ts"
import { refuse, Refused } from "../../http/Refused.ts"
import { found } from "../found.ts"
import { agentChangeOf } from "./agentChangeOf.ts"

const judge = Effect.fnUntraced(function* (path: string, url: string) {
  const egress = yield* Egress
  yield* Effect.mapError(
    egress.judge(url),
    ({ reason }) =>
      new Refused({ code: "invalid_request", detail: `${path} ${reason}`, issues: [{ path, message: reason }] })
  )
})

/** The operator's own endpoint may stand anywhere; any other is judged as every address that callers name. */
const judgeModel = Effect.fnUntraced(function* (path: string, url: string | undefined) {
  const { model } = yield* AppConfig
  if (url !== undefined && !isOperatorUrl(url, model)) yield* judge(path, url)
})

const requireBase = (workspaceId: WorkspaceId, knowledgeBaseId: KnowledgeBaseId) =>
  KnowledgeBases.use((bases) => bases.find(workspaceId, knowledgeBaseId)).pipe(
    found(() => new KnowledgeBaseNotFound({ knowledgeBaseId }))
  )

const credentialsOf = ({ fallbackModel, model, toolServers }: AgentChange): ReadonlyArray<string> => [
  ...(model?.apiKey ? ["model.key"] : []),
  ...(fallbackModel?.apiKey ? ["fallbackModel.key"] : []),
  ...(toolServers ?? []).flatMap(({ transport }, index) =>
    transport.type === "http" && transport.headers !== undefined && Object.keys(transport.headers).length > 0
      ? [`toolServers[${index}].transport.headers`]
      : []
  )
]

/** Where a server has no key to encrypt them with, the credentials of others are not taken. */
const refuseCredentials = Effect.fnUntraced(function* (change: AgentChange) {
  const [path] = credentialsOf(change)
  if (path === undefined || (yield* Cipher).hasKey) return
  return yield* refuse(
    "not_implemented",
    `${path} cannot be stored: this server encrypts credentials, and its operator has not set BUTLER_ENCRYPTION_KEY`
  )
})

/** A pattern that cannot be read would match nothing, and the contact be asked in vain. */
const judgePatterns = Effect.fnUntraced(function* ({ tasks }: AgentChange) {
  for (const [task, { details = [] }] of (tasks ?? []).entries()) {
    for (const [detail, { pattern }] of details.entries()) {
      if (pattern === undefined || isPattern(pattern)) continue
      const path = `tasks[${task}].details[${detail}].pattern`
      const message = "must be a regular expression in RE2's syntax"
      return yield* new Refused({ code: "invalid_request", detail: `${path} ${message}`, issues: [{ path, message }] })
    }
  }
})

/** What a request changes of an agent. A knowledge base that is not there and a URL that may not be called are refused. */
export const judgedChange = Effect.fn("judgedChange")(function* (
  workspaceId: WorkspaceId,
  request: AgentChangeRequest
): Effect.fn.Return<AgentChange, KnowledgeBaseNotFound | Refused, AppConfig | Cipher | Egress | KnowledgeBases> {
  const change = agentChangeOf(request)
  yield* refuseCredentials(change)
  yield* judgePatterns(change)
  const { fallbackModel, knowledgeBases, model, toolServers } = change
  yield* Effect.forEach(knowledgeBases ?? [], (id) => requireBase(workspaceId, id), { discard: true })
  yield* judgeModel("model.url", model?.url)
  yield* judgeModel("fallbackModel.url", fallbackModel?.url)
  for (const [index, { transport }] of (toolServers ?? []).entries()) {
    if (transport.type === "http") yield* judge(`toolServers[${index}].transport.url`, transport.url)
  }
  return change
})
