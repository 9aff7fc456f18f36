import {
  type AgentLog,
  Answerer,
  type AnswerFailed,
  type Answer,
  type RunnableTurn,
  type TurnCommand,
  type WorkspaceId
} from "@butler/domain"
import * as contract from "@butler/domain/testing"
import { Effect, Layer } from "effect"

export const LEASE_MS = 30_000

export const newWorkspace = Effect.map(contract.newWorkspace, ({ workspaceId }) => workspaceId)

export const command = (workspaceId: WorkspaceId, given: Partial<TurnCommand> = {}): TurnCommand =>
  contract.command(workspaceId, { leaseMs: LEASE_MS, ...given })

export const answering = (answer: (turn: RunnableTurn) => Effect.Effect<Answer, AnswerFailed>) =>
  Layer.succeed(Answerer, Answerer.of({ answer }))

export const taskLog: AgentLog = { type: "task", name: "Orders", timestamp: 1 }

export const text = (content: string): Answer => ({
  parts: [{ contentType: "text", content, url: "" }],
  agentLogs: [taskLog],
  steps: [{ name: "answer", startedAt: 1, durationMs: 2, outcome: "ok" }]
})
