import { Context, type Effect, type Option, Schema } from "effect"
import type { WorkspaceId } from "../ids/brands.ts"
import type { Lease, LeaseTerms } from "../lane/Lane.ts"
import { DeliveryStatus } from "./Delivery.ts"
import { WebhookEndpointId } from "./WebhookEndpoint.ts"

export const ReplayId = Schema.String.check(Schema.isPattern(/^rp_[1-9]\d{0,18}$/)).pipe(Schema.brand("ReplayId"))
export type ReplayId = typeof ReplayId.Type

/** Which deliveries of an endpoint are sent again. */
export const ReplayWindow = Schema.Struct({
  since: Schema.Date,
  until: Schema.Date,
  statuses: Schema.Array(DeliveryStatus)
})
export type ReplayWindow = typeof ReplayWindow.Type

/** The job that puts them back in their lanes, in the order they were first in. */
export const Replay = Schema.Struct({
  id: ReplayId,
  endpointId: WebhookEndpointId,
  ...ReplayWindow.fields,
  /** How many there were when it was asked for. */
  total: Schema.Int,
  /** How many have been put back. */
  done: Schema.Int,
  createdAt: Schema.Date,
  finishedAt: Schema.NullOr(Schema.Date)
})
export type Replay = typeof Replay.Type

/** The replay does not exist at this endpoint. */
export class ReplayNotFound extends Schema.TaggedError<ReplayNotFound>()("ReplayNotFound", { replayId: ReplayId }) {
  override get message(): string {
    return `replay ${this.replayId} does not exist`
  }
}

export interface NewReplay extends ReplayWindow {
  readonly id: ReplayId
  readonly workspaceId: WorkspaceId
  readonly endpointId: WebhookEndpointId
}

/** Sending again what was sent before or never went out. */
export class Replays extends Context.Service<
  Replays,
  {
    /** How many deliveries a window holds. */
    readonly count: (replay: Omit<NewReplay, "id">) => Effect.Effect<number>
    readonly create: (replay: NewReplay) => Effect.Effect<Replay>
    readonly find: (
      workspaceId: WorkspaceId,
      endpointId: WebhookEndpointId,
      id: ReplayId
    ) => Effect.Effect<Option.Option<Replay>>
    readonly claim: (limit: number, terms: LeaseTerms) => Effect.Effect<ReadonlyArray<Lease>>
    /** Puts the next `limit` deliveries back and gives the lease up, to be due again after `pauseMs` while there are more. */
    readonly step: (lease: Lease, limit: number, pauseMs: number) => Effect.Effect<void>
  }
>()("@butler/domain/Replays") {}
