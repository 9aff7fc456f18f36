import { Context, type Effect, type Option, Schema } from "effect"
import type { Agent } from "../agent/Agent.ts"
import { WorkspaceId } from "../ids/brands.ts"

/** A tenant: every row belongs to one, and no query crosses them. */
export const Workspace = Schema.Struct({ id: WorkspaceId, name: Schema.String, createdAt: Schema.Date })
export type Workspace = typeof Workspace.Type

export class Workspaces extends Context.Service<
  Workspaces,
  {
    /** Makes a workspace together with the agent that answers in it by default. */
    readonly create: (workspace: Pick<Workspace, "id" | "name">, agent: Agent) => Effect.Effect<Workspace>
    readonly find: (id: WorkspaceId) => Effect.Effect<Option.Option<Workspace>>
    /** Oldest first. */
    readonly list: Effect.Effect<ReadonlyArray<Workspace>>
  }
>()("@butler/domain/Workspaces") {}
