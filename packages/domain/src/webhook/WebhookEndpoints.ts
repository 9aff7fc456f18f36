import { Context, type Effect, type Option } from "effect"
import type { WorkspaceId } from "../ids/brands.ts"
import type {
  EndpointSettings,
  TooManyEndpoints,
  WebhookEndpoint,
  WebhookEndpointId,
  WebhookEndpointNotFound
} from "./WebhookEndpoint.ts"

/** Each message of a workspace costs a row for every endpoint. */
export const MAX_ENDPOINTS = 50

export interface NewWebhookEndpoint extends EndpointSettings {
  readonly id: WebhookEndpointId
  readonly workspaceId: WorkspaceId
  /** Its first signing secret, `whsec_…`. */
  readonly secret: string
}

/** Who is told of what happens in a workspace. */
export class WebhookEndpoints extends Context.Service<
  WebhookEndpoints,
  {
    readonly create: (endpoint: NewWebhookEndpoint) => Effect.Effect<WebhookEndpoint, TooManyEndpoints>
    readonly find: (workspaceId: WorkspaceId, id: WebhookEndpointId) => Effect.Effect<Option.Option<WebhookEndpoint>>
    /** Oldest first. */
    readonly list: (workspaceId: WorkspaceId) => Effect.Effect<ReadonlyArray<WebhookEndpoint>>
    /** Enabling one that was disabled forgets its failures; what it missed is there to be replayed. */
    readonly update: (
      workspaceId: WorkspaceId,
      id: WebhookEndpointId,
      settings: Partial<EndpointSettings>
    ) => Effect.Effect<WebhookEndpoint, WebhookEndpointNotFound>
    /** What is still owed to it is dropped. */
    readonly remove: (workspaceId: WorkspaceId, id: WebhookEndpointId) => Effect.Effect<void, WebhookEndpointNotFound>
  }
>()("@butler/domain/WebhookEndpoints") {}
