import { submitTurn } from "@butler/agent"
import type { AgentTurnRequest } from "@butler/contracts"
import { type AgentId, API_CHANNEL, TurnNotFound, Turns } from "@butler/domain"
import { Effect } from "effect"
import type { Caller } from "../../auth/Caller.ts"
import { AppConfig } from "../../config.ts"
import { refuse } from "../../http/Refused.ts"
import { found } from "../found.ts"

/** Sends a message to one agent, or to its draft, and answers the turn as it stands when it has ended or `waitMs` are over. */
export const askAgent = Effect.fn("askAgent")(function* (caller: Caller, agentId: AgentId, wanted: AgentTurnRequest) {
  const { draft, files, ifMissing, waitMs } = wanted
  if (caller.agentId !== null && caller.agentId !== agentId) {
    return yield* refuse("forbidden", "the API key belongs to another agent")
  }
  if (draft && !caller.scopes.includes("agents:read")) {
    return yield* refuse("forbidden", "the API key lacks the scope agents:read")
  }
  const { workspaceId } = caller
  const { leaseMs } = yield* AppConfig
  const { ended, turnId } = yield* submitTurn({
    workspaceId,
    userId: wanted.userId ?? null,
    dialogId: wanted.dialogId ?? null,
    ifMissing,
    agentId,
    draft,
    query: wanted.query ?? "",
    attachments: files.map(({ name, size, type, url }) => ({ name, contentType: type, url, size })),
    channel: API_CHANNEL,
    sendWebhook: null,
    onBusy: "enqueue",
    quietMs: 0,
    idempotency: null,
    leaseMs
  })
  yield* Effect.timeoutOption(ended, waitMs)
  return yield* Turns.use((turns) => turns.find(workspaceId, turnId)).pipe(found(() => new TurnNotFound({ turnId })))
})
