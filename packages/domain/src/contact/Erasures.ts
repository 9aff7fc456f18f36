import { Context, type Effect, Schema } from "effect"
import type { ContactId, TurnId, WorkspaceId } from "../ids/brands.ts"
import type { ContactNotFound } from "./Contact.ts"

/** How much of each kind was erased. */
export const ErasureReport = Schema.Struct({
  /** The contact and those that were merged into it. */
  contacts: Schema.Int,
  dialogs: Schema.Int,
  messages: Schema.Int,
  turns: Schema.Int,
  /** Of the dialogs' logs, and of turns that ran. */
  events: Schema.Int,
  memories: Schema.Int,
  /** What was owed or told to endpoints and callbacks. */
  deliveries: Schema.Int,
  idempotencyKeys: Schema.Int,
  /** Questions that nobody could answer, which it was the last to ask. */
  unanswered: Schema.Int
})
export type ErasureReport = typeof ErasureReport.Type

export const NOTHING_ERASED: ErasureReport = {
  contacts: 0,
  dialogs: 0,
  messages: 0,
  turns: 0,
  events: 0,
  memories: 0,
  deliveries: 0,
  idempotencyKeys: 0,
  unanswered: 0
}

export interface Erasure {
  readonly report: ErasureReport
  /** Turns that were open: whoever runs one is to stop. */
  readonly stopped: ReadonlyArray<TurnId>
}

/** Erases contacts with all that is kept of them. */
export class Erasures extends Context.Service<
  Erasures,
  {
    /**
     * The id of a contact that was merged into another stands for that one, and all that were merged into it go with it. An erasure
     * that was cut short is finished by the next one. A further message of the same user is another contact's.
     */
    readonly erase: (workspaceId: WorkspaceId, contactId: ContactId) => Effect.Effect<Erasure, ContactNotFound>
  }
>()("@butler/domain/Erasures") {}
