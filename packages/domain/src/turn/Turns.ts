import { Context, type Effect, type Option, Schema } from "effect"
import type { Agent, AgentNotFound } from "../agent/Agent.ts"
import type { ModelBudget } from "../agent/AgentModel.ts"
import type { AgentLog } from "../agent/AgentLog.ts"
import type { Chatbot } from "../chatbot/Chatbot.ts"
import type { MessageExtra } from "../chatbot/ThreadMessage.ts"
import type { Channel, DialogSeed } from "../dialog/Dialog.ts"
import type { ResolutionFacts } from "../dialog/resolution.ts"
import {
  type AgentId,
  type ContactId,
  DialogId,
  type MessageId,
  TurnId,
  type UserId,
  type WorkspaceId
} from "../ids/brands.ts"
import type { Lease, LeaseTerms } from "../lane/Lane.ts"
import type { Attachment, Reply } from "../message/Message.ts"
import type { IdempotencyKey, IdempotencyRecord } from "./idempotency.ts"
import type { DialogBusy, OnBusy } from "./onBusy.ts"
import type { Timeline } from "./progress.ts"
import type { TurnEffect } from "./TurnEffect.ts"
import type { Turn, TurnFailure, TurnNotFound, TurnStep } from "./Turn.ts"
import type { TurnStatus } from "./turnStatus.ts"

/** The facts a resolution rested on had changed by the time it was stored; nothing was stored. */
export class StaleResolution extends Schema.TaggedError<StaleResolution>()("StaleResolution", {
  dialogId: Schema.NullOr(DialogId)
}) {}

/** Another worker holds the turn by now; nothing was stored. */
export class LeaseLost extends Schema.TaggedError<LeaseLost>()("LeaseLost", { turnId: TurnId }) {}

/** What a request names. */
export interface TurnNames {
  readonly workspaceId: WorkspaceId
  readonly userId: UserId | null
  readonly dialogId: DialogId | null
  /** Who is to answer; without it the workspace's default agent. */
  readonly agentId?: AgentId
  /** Whether the agent is to answer as it is drafted. */
  readonly draft?: boolean
  /** Only dialogs that were begun with this agent are known, as its threads; without it all are. */
  readonly dialogsOf?: AgentId
  readonly idempotency: IdempotencyKey | null
}

/** What is known of a request's names, and the agent that will answer. */
export interface TurnFacts extends ResolutionFacts {
  readonly agent: Agent
  /** The agent as visitors meet it, where the dialog is to be one of its threads; null elsewhere. */
  readonly chatbot: Chatbot | null
  readonly workspaceBudget?: ModelBudget | null
  /** How many messages of contacts the workspace may still take this month; null for any number. */
  readonly messagesLeft?: number | null
  /** What the request's idempotency key already stands for. */
  readonly replay: IdempotencyRecord | null
}

/** A resolution with the ids of all that it makes. */
export type Placement =
  | { readonly _tag: "ExistingDialog"; readonly contactId: ContactId; readonly dialogId: DialogId }
  | {
      readonly _tag: "NewDialog"
      readonly contactId: ContactId
      readonly dialog: DialogSeed
      /** Stale when the contact has got a dialog meanwhile. */
      readonly onlyIfNone: boolean
    }
  | {
      readonly _tag: "NewContact"
      readonly contactId: ContactId
      readonly userId: UserId | null
      readonly dialog: DialogSeed
    }

/** A turn to be stored. */
export interface Acceptance {
  readonly workspaceId: WorkspaceId
  readonly placement: Placement
  readonly turnId: TurnId
  readonly messageId: MessageId
  readonly agentId: AgentId
  readonly agentVersion: number
  readonly query: string
  readonly attachments: ReadonlyArray<Attachment>
  readonly extra?: MessageExtra
  readonly channel: Channel
  readonly sendWebhook: string | null
  readonly onBusy: OnBusy
  /** The turn starts only after this long without a further message that joins it. */
  readonly quietMs: number
  readonly idempotency: IdempotencyKey | null
  /** The message is one of those that the workspace may take this month; stale when there is none left. */
  readonly counted?: boolean
  /** Terms on which the caller runs the turn itself if nothing is before it; null leaves it to a runner. */
  readonly lease: LeaseTerms | null
}

/**
 * Where a turn stands once it is accepted: `running` is its holder's to finish, `coalesced` another's to answer, `completed`
 * one of a dialog that people have.
 */
export type AcceptedStatus = Extract<TurnStatus, "queued" | "running" | "coalesced" | "completed">

/** An accepted turn's place. */
export interface Accepted {
  readonly contactId: ContactId
  readonly dialogId: DialogId
  readonly status: AcceptedStatus
  readonly lease: Lease | null
  /** The turn that will answer for this one. */
  readonly answeredBy: TurnId | null
  /** When the message was stored. */
  readonly acceptedAt: Date
  /** The turns this one ended, and what they asked: it answers that too. */
  readonly superseded: ReadonlyArray<TurnId>
  readonly earlierQueries: ReadonlyArray<string>
}

/** All that is needed to run a turn. */
export interface RunnableTurn {
  readonly id: TurnId
  readonly workspaceId: WorkspaceId
  readonly dialogId: DialogId
  readonly contactId: ContactId
  readonly agent: Agent
  /** The contact's text, with that of the turns it answers for in front of it, a line each. */
  readonly query: string
  readonly attachments: ReadonlyArray<Attachment>
  readonly channel: Channel
  /** What the workspace's models may use in a month. */
  readonly workspaceBudget?: ModelBudget | null
  /** How often it has been started, this time included. */
  readonly attempts: number
  readonly lease: Lease
}

/** The one outcome of a turn. */
export type TurnEnding =
  | {
      readonly status: "completed"
      readonly replies: ReadonlyArray<Reply>
      readonly agentLogs: ReadonlyArray<AgentLog>
      readonly steps: ReadonlyArray<TurnStep>
      readonly effects?: ReadonlyArray<TurnEffect>
    }
  | {
      readonly status: "failed"
      readonly error: TurnFailure
      readonly agentLogs: ReadonlyArray<AgentLog>
      readonly steps: ReadonlyArray<TurnStep>
    }

/** What a stored outcome came to. */
export interface StoredEnding {
  /** Whether the dialog has more to do. */
  readonly more: boolean
  /** When the replies were stored. */
  readonly repliedAt: Date
}

export const effectsOf = (ending: TurnEnding): ReadonlyArray<TurnEffect> =>
  ending.status === "completed" ? (ending.effects ?? []) : []

/** The durable record of turns and the lanes that order them. */
export class Turns extends Context.Service<
  Turns,
  {
    readonly facts: (names: TurnNames) => Effect.Effect<TurnFacts, AgentNotFound>
    /** Stores contact, dialog, message, turn, events and key, or nothing; sequence is the order of commits. */
    readonly accept: (acceptance: Acceptance) => Effect.Effect<Accepted, StaleResolution | DialogBusy>
    /** Leases the heads that are due, oldest first, fair between workspaces; at most `limit`. All get the same token. */
    readonly claim: (limit: number, terms: LeaseTerms) => Effect.Effect<ReadonlyArray<RunnableTurn>>
    /** Prolongs leases; answers those that are still held. */
    readonly heartbeat: (leases: ReadonlyArray<Lease>, durationMs: number) => Effect.Effect<ReadonlyArray<Lease>>
    /** Gives a turn back unfinished, to be due again after `delayMs`. */
    readonly giveBack: (turn: RunnableTurn, delayMs: number) => Effect.Effect<void, LeaseLost>
    /** Stores the outcome, replies, logs, events and effects and moves the lane on, or nothing. */
    readonly end: (
      turn: RunnableTurn,
      ending: TurnEnding,
      timeline?: Timeline
    ) => Effect.Effect<StoredEnding, LeaseLost>
    /** Ends an open turn as `cancelled` and answers it; one that has ended stays as it is. */
    readonly cancel: (workspaceId: WorkspaceId, turnId: TurnId) => Effect.Effect<Turn, TurnNotFound>
    readonly find: (workspaceId: WorkspaceId, turnId: TurnId) => Effect.Effect<Option.Option<Turn>>
  }
>()("@butler/domain/Turns") {}
