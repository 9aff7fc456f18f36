import { Context, type Effect } from "effect"
import type { WorkspaceId } from "../ids/brands.ts"
import type { ApiKeyId } from "./ApiKey.ts"

/** Whose requests are counted, and how many there may be a minute. */
export interface RateLimit {
  readonly workspaceId: WorkspaceId
  readonly apiKeyId: ApiKeyId
  readonly perMinute: number
}

export interface RateGrant {
  /** How many requests whoever asked may let in until the minute is over. */
  readonly granted: number
  /** How many are left for others, and for whoever asks again. */
  readonly remaining: number
  /** Until the minute is over, by the store's clock. */
  readonly resetMs: number
}

/** How many a process is given at once: a tenth of what is left, so that it asks seldom and little of it lies idle. */
export const shareOf = (remaining: number): number => Math.min(remaining, Math.max(1, Math.floor(remaining / 10)))

/** Counts the requests of keys, minute by minute, over all processes: never are more granted than there may be. */
export class RatePermits extends Context.Service<
  RatePermits,
  { readonly take: (limit: RateLimit) => Effect.Effect<RateGrant> }
>()("@butler/domain/RatePermits") {}
