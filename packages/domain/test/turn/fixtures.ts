import {
  type AgentLog,
  API_CHANNEL,
  Answerer,
  type AnswerFailed,
  Ids,
  type Answer,
  type RunnableTurn,
  type TurnCommand,
  type WorkspaceId,
  Workspaces
} from "@butler/domain"
import { Effect, Layer } from "effect"

export const LEASE_MS = 30_000

export const newWorkspace = Effect.gen(function* () {
  const ids = yield* Ids
  const workspaces = yield* Workspaces
  const agent = { id: yield* ids.agentId, name: "Butler" }
  return (yield* workspaces.create({ id: yield* ids.workspaceId, name: "Test" }, agent)).id
})

export const command = (workspaceId: WorkspaceId, given: Partial<TurnCommand> = {}): TurnCommand => ({
  workspaceId,
  userId: null,
  dialogId: null,
  ifMissing: "error",
  query: "Where is my order?",
  attachments: [],
  channel: API_CHANNEL,
  sendWebhook: null,
  onBusy: "enqueue",
  quietMs: 0,
  idempotency: null,
  leaseMs: LEASE_MS,
  ...given
})

export const answering = (answer: (turn: RunnableTurn) => Effect.Effect<Answer, AnswerFailed>) =>
  Layer.succeed(Answerer, Answerer.of({ answer }))

export const taskLog: AgentLog = { type: "task", name: "Orders", timestamp: 1 }

export const text = (content: string): Answer => ({
  parts: [{ contentType: "text", content, url: "" }],
  agentLogs: [taskLog],
  steps: [{ name: "answer", startedAt: 1, durationMs: 2, outcome: "ok" }]
})
