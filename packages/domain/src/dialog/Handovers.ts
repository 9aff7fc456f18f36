import { Context, type Effect } from "effect"
import type { DialogId, MessageId, TurnId, WorkspaceId } from "../ids/brands.ts"
import type { Posting } from "../message/Messages.ts"
import type { Dialog, DialogNotFound } from "./Dialog.ts"

/** A dialog to be given to people. */
export interface HandoverRequest {
  readonly workspaceId: WorkspaceId
  readonly dialogId: DialogId
  readonly reason: string | null
  /** The agent's last words, unless they name another sender; null for none. */
  readonly closing: Closing | null
  /** Whether somebody is called for: the thread is marked, and the chatbot's webhook told. Else only who answers changes. */
  readonly escalates: boolean
}

export interface Closing extends Partial<Pick<Posting, "sender" | "extra">> {
  readonly messageId: MessageId
  readonly content: string
}

export interface HandedOver {
  readonly dialog: Dialog
  /** The turns this ended, for whoever runs them to stop. */
  readonly cancelled: ReadonlyArray<TurnId>
}

/** Who answers in a dialog. A change is all or nothing, and takes its place among the turns accepted and ended. */
export class Handovers extends Context.Service<
  Handovers,
  {
    /**
     * Gives a dialog to people: its open turns are cancelled, the agent says its last words, and from then on turns end
     * where they begin, without a reply. A dialog that people have already stays as it is, and nothing is said again, unless
     * it is escalated for the first time.
     */
    readonly handOver: (request: HandoverRequest) => Effect.Effect<HandedOver, DialogNotFound>
    /** Gives it back to the agent, whose context begins behind what has been said by then. */
    readonly handBack: (workspaceId: WorkspaceId, dialogId: DialogId) => Effect.Effect<Dialog, DialogNotFound>
  }
>()("@butler/domain/Handovers") {}
