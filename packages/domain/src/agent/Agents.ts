import { Context, type Effect, type Option } from "effect"
import type { AgentId, WorkspaceId } from "../ids/brands.ts"
import type { Agent, AgentInUse, AgentNotFound, AgentVersionNotFound, NewAgent } from "./Agent.ts"
import type { ChatbotLimitReached } from "../whitelabel/Entitlement.ts"
import type { AgentState } from "./AgentState.ts"
import type { AgentVersion, Publication } from "./AgentVersion.ts"

export interface AgentQuery {
  readonly workspaceId: WorkspaceId
  /** The agent behind which the page goes on. */
  readonly after: AgentId | null
  readonly limit: number
}

export interface AgentVersionQuery {
  readonly workspaceId: WorkspaceId
  readonly agentId: AgentId
  /** The version before which the page goes on. */
  readonly before: number | null
  readonly limit: number
}

type Change = (agent: Agent) => Agent

/** A workspace's agents. What is published is seen by the turns accepted from then on. */
export class Agents extends Context.Service<
  Agents,
  {
    readonly create: (
      workspaceId: WorkspaceId,
      agent: NewAgent,
      publication?: Publication
    ) => Effect.Effect<Agent, ChatbotLimitReached>
    /** Oldest first. */
    readonly list: (query: AgentQuery) => Effect.Effect<ReadonlyArray<Agent>>
    readonly find: (workspaceId: WorkspaceId, id: AgentId) => Effect.Effect<Option.Option<Agent>>
    /** Publishes a change, as `changePublished` has it. Two at once follow one another: neither is lost. */
    readonly update: (
      workspaceId: WorkspaceId,
      id: AgentId,
      change: Change,
      publication?: Publication
    ) => Effect.Effect<Agent, AgentNotFound>
    /** Its dialogs and turns keep its name; what waits for it is still answered. */
    readonly remove: (workspaceId: WorkspaceId, id: AgentId) => Effect.Effect<void, AgentNotFound | AgentInUse>
    readonly state: (workspaceId: WorkspaceId, id: AgentId) => Effect.Effect<AgentState, AgentNotFound>
    readonly changeDraft: (
      workspaceId: WorkspaceId,
      id: AgentId,
      change: Change
    ) => Effect.Effect<AgentState, AgentNotFound>
    readonly discardDraft: (workspaceId: WorkspaceId, id: AgentId) => Effect.Effect<void, AgentNotFound>
    readonly publish: (
      workspaceId: WorkspaceId,
      id: AgentId,
      publication: Publication
    ) => Effect.Effect<Agent, AgentNotFound>
    readonly rollBack: (
      workspaceId: WorkspaceId,
      id: AgentId,
      version: number,
      publication: Publication
    ) => Effect.Effect<Agent, AgentNotFound | AgentVersionNotFound>
    /** Newest first. */
    readonly versions: (query: AgentVersionQuery) => Effect.Effect<ReadonlyArray<AgentVersion>, AgentNotFound>
    readonly version: (
      workspaceId: WorkspaceId,
      id: AgentId,
      version: number
    ) => Effect.Effect<AgentVersion, AgentNotFound | AgentVersionNotFound>
  }
>()("@butler/domain/Agents") {}
