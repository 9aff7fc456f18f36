import { Context, type Effect } from "effect"
import type { WorkspaceId } from "../ids/brands.ts"

/** What the keys are made from with which workspaces sign for whom they call tools. */
export class IdentitySecrets extends Context.Service<
  IdentitySecrets,
  {
    /** The workspace's secret. One that has none gets `candidate`, once and for all. */
    readonly get: (workspaceId: WorkspaceId, candidate: string) => Effect.Effect<string>
  }
>()("@butler/domain/IdentitySecrets") {}
