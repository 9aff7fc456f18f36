import { Context, type Effect, type Option, Schema } from "effect"
import type { Agent, AgentNotFound } from "../agent/Agent.ts"
import { ModelBudget } from "../agent/AgentModel.ts"
import { AgentId, WorkspaceId } from "../ids/brands.ts"

/** A tenant: every row belongs to one, and no query crosses them. */
export const Workspace = Schema.Struct({
  id: WorkspaceId,
  name: Schema.String,
  /** Who answers where nobody else is named. */
  defaultAgentId: AgentId,
  /** What its agents' models may use in a month of UTC; null for as much as they like. */
  modelBudget: Schema.NullOr(ModelBudget),
  createdAt: Schema.Date
})
export type Workspace = typeof Workspace.Type

/** What of a workspace is to be changed; what is not named stays. */
export interface WorkspaceChange {
  readonly name?: string
  readonly defaultAgentId?: AgentId
  /** Turns accepted from then on are held to it. */
  readonly modelBudget?: ModelBudget | null
}

export class Workspaces extends Context.Service<
  Workspaces,
  {
    /** Makes a workspace together with the agent that answers in it by default. */
    readonly create: (
      workspace: Pick<Workspace, "id" | "name">,
      agent: Pick<Agent, "id" | "name">
    ) => Effect.Effect<Workspace>
    readonly find: (id: WorkspaceId) => Effect.Effect<Option.Option<Workspace>>
    /** Nothing is changed when the agent is not one of the workspace's. */
    readonly update: (id: WorkspaceId, change: WorkspaceChange) => Effect.Effect<Workspace, AgentNotFound>
    /** Oldest first. */
    readonly list: Effect.Effect<ReadonlyArray<Workspace>>
  }
>()("@butler/domain/Workspaces") {}
