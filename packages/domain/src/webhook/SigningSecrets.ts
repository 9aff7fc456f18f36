import { Context, type Effect } from "effect"
import type { WorkspaceId } from "../ids/brands.ts"
import type { WebhookEndpointId, WebhookEndpointNotFound } from "./WebhookEndpoint.ts"

/** How long the secret before stays valid beside a new one. */
export const DEFAULT_OVERLAP_MS = 24 * 3_600_000
export const MAX_OVERLAP_MS = 7 * 24 * 3_600_000

/** Each endpoint has its own secret; the workspace has one for its callbacks. */
export interface SecretOwner {
  readonly workspaceId: WorkspaceId
  readonly endpointId: WebhookEndpointId | null
}

/** A secret in the form `whsec_…`; an old one says until when it is valid. */
export interface SigningSecret {
  readonly secret: string
  readonly createdAt: Date
  readonly expiresAt: Date | null
}

/** The secrets that receivers verify with. */
export class SigningSecrets extends Context.Service<
  SigningSecrets,
  {
    /** Those that are valid now, newest first. A workspace without any gets `candidate`, once. */
    readonly valid: (
      owner: SecretOwner,
      candidate: string
    ) => Effect.Effect<ReadonlyArray<SigningSecret>, WebhookEndpointNotFound>
    /** Puts a new secret in the place of the current one, which stays valid for `overlapMs`. */
    readonly rotate: (
      owner: SecretOwner,
      secret: string,
      overlapMs: number
    ) => Effect.Effect<ReadonlyArray<SigningSecret>, WebhookEndpointNotFound>
  }
>()("@butler/domain/SigningSecrets") {}
