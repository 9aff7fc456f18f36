import { Context, type Effect, type Option } from "effect"
import type { AgentId, DialogId, WorkspaceId } from "../ids/brands.ts"
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
    /** The workspace's own, oldest first. */
    readonly list: (workspaceId: WorkspaceId) => Effect.Effect<ReadonlyArray<WebhookEndpoint>>
    /** That of a chatbot, and that of one of its threads, as far as they have an address. */
    readonly ofChatbot: (
      workspaceId: WorkspaceId,
      chatbotId: AgentId,
      threadId: DialogId | null
    ) => Effect.Effect<ReadonlyArray<WebhookEndpoint>>
    /** What the receiver of a chatbot's knows the sender by; null for none, and for the workspace's own. */
    readonly token: (workspaceId: WorkspaceId, id: WebhookEndpointId) => Effect.Effect<string | null>
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
