import { Entitlements, type WorkspaceId } from "@butler/domain"
import { Effect, Option } from "effect"
import type { Owner } from "./chatbotResource.ts"

/** Whose chatbots a workspace's are. */
export const ownerOf = (workspaceId: WorkspaceId): Effect.Effect<Owner, never, Entitlements> =>
  Effect.map(
    Entitlements.use((entitlements) => entitlements.find(workspaceId)),
    (entitlement) => ({ workspaceId, entitlement: Option.getOrNull(entitlement) })
  )
