import { Context, type Effect, type Redacted } from "effect"
import type { Agent } from "../agent/Agent.ts"
import type { WorkspaceId } from "../ids/brands.ts"
import type { StoredApiKey } from "../workspace/ApiKeys.ts"
import type { BrandId, BrandNotFound } from "./Brand.ts"
import type { Features, Quotas } from "./Entitlement.ts"
import type {
  WhitelabelEmailTaken,
  WhitelabelUser,
  WhitelabelUserId,
  WhitelabelUserNotFound
} from "./WhitelabelUser.ts"

/** A brand as its reseller names it. */
export interface BrandPlace {
  /** The reseller. */
  readonly workspaceId: WorkspaceId
  readonly brandId: BrandId
}

export interface WhitelabelUserPlace extends BrandPlace {
  readonly userId: WhitelabelUserId
}

/** A user to be made, with the ids of all that it consists of. */
export interface NewWhitelabelUser {
  readonly id: WhitelabelUserId
  readonly email: string
  readonly quotas: Quotas
  readonly workspaceId: WorkspaceId
  /** Who answers in its workspace by default. */
  readonly agent: Pick<Agent, "id" | "name">
}

/** What of a user is to be changed; what is not named stays. Below what is in use a quota stops more, and takes nothing away. */
export interface WhitelabelUserChange {
  readonly quotas: Partial<Quotas>
  readonly features: Partial<Features>
}

type Missing = BrandNotFound | WhitelabelUserNotFound

/** The users of brands. */
export class WhitelabelUsers extends Context.Service<
  WhitelabelUsers,
  {
    /** Makes a user, its workspace and that one's agent, or nothing. Every feature is on. */
    readonly add: (
      place: BrandPlace,
      user: NewWhitelabelUser
    ) => Effect.Effect<WhitelabelUser, BrandNotFound | WhitelabelEmailTaken>
    readonly find: (place: WhitelabelUserPlace) => Effect.Effect<WhitelabelUser, Missing>
    /** Whoever asks from then on is held to it. */
    readonly change: (
      place: WhitelabelUserPlace,
      change: WhitelabelUserChange
    ) => Effect.Effect<WhitelabelUser, Missing>
    /**
     * Stores a key to the user's workspace in place of the one that was stored like this before, which opens nothing from then
     * on. Its text is kept as well, encrypted, where there is something to encrypt it with.
     */
    readonly replaceKey: (
      place: WhitelabelUserPlace,
      key: StoredApiKey,
      text: Redacted.Redacted
    ) => Effect.Effect<void, Missing>
    /** The text of the key that `replaceKey` stored last; null where none was, or it was not kept or has been revoked. */
    readonly apiKey: (place: WhitelabelUserPlace) => Effect.Effect<Redacted.Redacted | null, Missing>
  }
>()("@butler/domain/WhitelabelUsers") {}
