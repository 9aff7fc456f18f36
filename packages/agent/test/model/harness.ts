import {
  acceptTurn,
  type AgentChange,
  type AgentLog,
  Agents,
  type AgentTool,
  AgentTools,
  changeAgent,
  Dialogs,
  DocumentId,
  Ids,
  ingestDocument,
  KnowledgeMemory,
  layerMemory,
  type RunnableTurn,
  runTurn,
  type TurnCommand,
  TurnProgress,
  UserId,
  type WorkspaceId,
  Workspaces
} from "@butler/domain"
import { command } from "@butler/domain/testing"
import type { ModelServer } from "@butler/testing"
import { Effect, Layer, Redacted } from "effect"
import { Agent } from "undici"
import {
  AnswererLayer,
  type LanguageModelOptions,
  type ModelLimits,
  type OperatorModel,
  TextAnalyzerSnowball
} from "../../src/index.ts"

export const OPERATOR_KEY = "sk-of-the-operator"

export const operatorOf = (server: ModelServer): OperatorModel => ({
  url: server.url,
  model: "operator-model",
  apiKey: Redacted.make(OPERATOR_KEY)
})

const store = Layer.mergeAll(layerMemory, KnowledgeMemory, TextAnalyzerSnowball)

/** A store in memory with an answerer on it; waits are short, so that tests are. */
export const answering = (
  operator: OperatorModel | null,
  limits: Partial<ModelLimits> = {},
  options: LanguageModelOptions = { guarded: new Agent() },
  tools: ReadonlyArray<AgentTool> = []
) =>
  AnswererLayer({ operator, limits: { retryPauseMs: 1, ...limits }, ...options }).pipe(
    Layer.provide(Layer.succeed(AgentTools, { open: () => Effect.succeed(tools) })),
    Layer.provideMerge(store)
  )

/** The same, with dialogs read for facts as soon as they are quiet. */
export const withRemembering = (operator: OperatorModel) =>
  AnswererLayer({ operator, rememberAfterMs: 0, guarded: new Agent() }).pipe(
    Layer.provide(AgentTools.layerNone),
    Layer.provideMerge(store)
  )

export const newWorkspace = Effect.gen(function* () {
  const ids = yield* Ids
  const id = yield* ids.workspaceId
  yield* (yield* Workspaces).create({ id, name: "test" }, { id: yield* ids.agentId, name: "Ada" })
  return id
})

export const changeTheAgent = Effect.fnUntraced(function* (workspaceId: WorkspaceId, change: AgentChange) {
  const agents = yield* Agents
  const [agent] = yield* agents.list({ workspaceId, after: null, limit: 1 })
  if (agent === undefined) return yield* Effect.die("the workspace has no agent")
  return yield* agents.update(workspaceId, agent.id, (found) => changeAgent(found, change))
})

export const teach = (workspaceId: WorkspaceId, pairs: Readonly<Record<string, string>>) =>
  ingestDocument({
    workspaceId,
    id: DocumentId.make("doc_faq"),
    name: "FAQ",
    content: { kind: "pairs", pairs: Object.entries(pairs).map(([question, answer]) => ({ question, answer })) }
  })

/** Accepts a query of the one contact, and leases it when nothing is before it. */
export const accept = (workspaceId: WorkspaceId, query: string, over: Partial<TurnCommand> = {}) =>
  acceptTurn(command(workspaceId, { userId: UserId.make("u1"), query, leaseMs: 600_000, ...over }))

/** What a listener to a turn is told. */
export interface Heard {
  readonly deltas: Array<string>
  readonly logs: Array<AgentLog["type"]>
}

/** Runs a turn to its end, with someone listening. */
export const run = Effect.fnUntraced(function* (turn: RunnableTurn) {
  const heard: Heard = { deltas: [], logs: [] }
  const { ending } = yield* runTurn(turn).pipe(
    Effect.provideService(TurnProgress, {
      delta: (text) => Effect.sync(() => void heard.deltas.push(text)),
      log: ({ type }) => Effect.sync(() => void heard.logs.push(type)),
      restart: Effect.sync(() => void heard.deltas.splice(0))
    })
  )
  return { ending, heard }
})

export const ask = Effect.fnUntraced(function* (
  workspaceId: WorkspaceId,
  query: string,
  over: Partial<TurnCommand> = {}
) {
  const { runnable } = yield* accept(workspaceId, query, over)
  if (runnable === null) return yield* Effect.die("the dialog is busy")
  return { ...(yield* run(runnable)), turn: runnable }
})

export const contents = Effect.fnUntraced(function* (turn: RunnableTurn) {
  const { workspaceId, dialogId } = turn
  const messages = yield* (yield* Dialogs).messages({ workspaceId, dialogId, order: "asc", after: null, limit: 100 })
  return messages.map(({ content }) => content)
})
