import { Context, type Effect, type Option } from "effect"
import type { KnowledgeBaseId, WorkspaceId } from "../ids/brands.ts"
import type {
  KnowledgeBase,
  KnowledgeBaseIsDefault,
  KnowledgeBaseNotFound,
  TooManyKnowledgeBases
} from "./KnowledgeBase.ts"

/** The parts that a workspace's knowledge is divided into. The default one always exists. */
export class KnowledgeBases extends Context.Service<
  KnowledgeBases,
  {
    readonly create: (workspaceId: WorkspaceId, name: string) => Effect.Effect<KnowledgeBase, TooManyKnowledgeBases>
    /** In the order they were made, the default one first. */
    readonly list: (workspaceId: WorkspaceId) => Effect.Effect<ReadonlyArray<KnowledgeBase>>
    readonly find: (workspaceId: WorkspaceId, id: KnowledgeBaseId) => Effect.Effect<Option.Option<KnowledgeBase>>
    readonly rename: (
      workspaceId: WorkspaceId,
      id: KnowledgeBaseId,
      name: string
    ) => Effect.Effect<KnowledgeBase, KnowledgeBaseNotFound>
    /** Removes it with all that is in it. Its number is never given to another. */
    readonly remove: (
      workspaceId: WorkspaceId,
      id: KnowledgeBaseId
    ) => Effect.Effect<void, KnowledgeBaseIsDefault | KnowledgeBaseNotFound>
  }
>()("@butler/domain/KnowledgeBases") {}
