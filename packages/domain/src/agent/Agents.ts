import { Context, type Effect, type Option } from "effect"
import type { AgentId, WorkspaceId } from "../ids/brands.ts"
import type { Agent, AgentNotFound } from "./Agent.ts"

/** A workspace's agents. */
export class Agents extends Context.Service<
  Agents,
  {
    /** Oldest first. */
    readonly list: (workspaceId: WorkspaceId) => Effect.Effect<ReadonlyArray<Agent>>
    readonly find: (workspaceId: WorkspaceId, id: AgentId) => Effect.Effect<Option.Option<Agent>>
    /** Two changes at once follow one another: neither is lost. Turns accepted from then on see the change. */
    readonly update: (
      workspaceId: WorkspaceId,
      id: AgentId,
      change: (agent: Agent) => Agent
    ) => Effect.Effect<Agent, AgentNotFound>
  }
>()("@butler/domain/Agents") {}
