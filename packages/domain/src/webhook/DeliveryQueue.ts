import { Context, type Effect } from "effect"
import type { WorkspaceId } from "../ids/brands.ts"
import type { Lease, LeaseTerms } from "../lane/Lane.ts"
import type { DeliveryOutcome, DeliveryWork } from "./DeliveryWork.ts"
import type { DisabledReason, WebhookEndpointId } from "./WebhookEndpoint.ts"

/** `fresh`: never looked at before. `again`: tried or put off before. Each has workers of its own. */
export type DeliveryShare = "fresh" | "again"

/** What became of the deliveries at the front of a leased lane. */
export interface Settlement {
  /** Its `seq` is that of the first one. */
  readonly lease: Lease
  readonly endpointId: WebhookEndpointId | null
  /** In order, one at least. Only the last may be one that is to be sent later. */
  readonly outcomes: ReadonlyArray<DeliveryOutcome>
  /** Whether the lane is given up; else its lease goes on, which takes that the last outcome is a final one. */
  readonly released: boolean
}

/** Something an operator should know about an endpoint. */
export interface EndpointAlarm {
  readonly workspaceId: WorkspaceId
  readonly endpointId: WebhookEndpointId
  readonly failingSince: Date
  /** Null while it is only a warning. */
  readonly disabled: DisabledReason | null
}

export interface Settled {
  /** Whether a lane has more to do now. */
  readonly more: boolean
  readonly alarms: ReadonlyArray<EndpointAlarm>
}

/** Deliveries as the runner sees them: leased, sent and settled. */
export class DeliveryQueue extends Context.Service<
  DeliveryQueue,
  {
    /** Leases the lanes that are due, longest waiting first, fair between workspaces. */
    readonly claim: (
      share: DeliveryShare,
      limit: number,
      terms: LeaseTerms
    ) => Effect.Effect<ReadonlyArray<DeliveryWork>>
    readonly heartbeat: (leases: ReadonlyArray<Lease>, durationMs: number) => Effect.Effect<ReadonlyArray<Lease>>
    /** Stores outcomes and moves their lanes on, all in one; what has lost its lease is left out. */
    readonly settle: (settlements: ReadonlyArray<Settlement>) => Effect.Effect<Settled>
    /** Gives unfinished work back, to be due at once. */
    readonly giveBack: (leases: ReadonlyArray<Lease>) => Effect.Effect<void>
    /** Takes one place in the endpoint's rate; answers in how many milliseconds to ask again, 0 when it has been given. */
    readonly admit: (workspaceId: WorkspaceId, endpointId: WebhookEndpointId) => Effect.Effect<number>
    /** Removes finished deliveries older than this, at most so many; answers how many. */
    readonly purge: (olderThanMs: number, limit: number) => Effect.Effect<number>
  }
>()("@butler/domain/DeliveryQueue") {}
