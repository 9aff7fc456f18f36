import { Context, type Effect, type Option } from "effect"
import type { Channel, DialogSeed } from "../dialog/Dialog.ts"
import type { AgentId, ContactId, DialogId, MessageId, TurnId, UserId, WorkspaceId } from "../ids/brands.ts"
import type { ChatMode } from "./ChatbotSettings.ts"
import type { PageQuery } from "./Chatbots.ts"
import type {
  ChatUserChange,
  Thread,
  ThreadMessageNotFound,
  ThreadNotFound,
  ThreadSummary,
  ThreadTaken
} from "./Thread.ts"
import type { MessageExtra, ThreadMessage } from "./ThreadMessage.ts"

/** Where a thread stands. */
export interface ThreadPlace {
  readonly workspaceId: WorkspaceId
  readonly chatbotId: AgentId
  readonly threadId: DialogId
}

/** A thread to be begun without a message. */
export interface NewThread {
  readonly workspaceId: WorkspaceId
  readonly chatbotId: AgentId
  readonly dialog: DialogSeed
  readonly channel: Channel
  readonly mode: ChatMode
  /** Of the contact, unless `userId` names one that there is. */
  readonly contactId: ContactId
  readonly userId: UserId | null
  readonly chatUser: ChatUserChange
}

/** What of a thread is to be changed; what is not named stays, null takes away. */
export interface ThreadChange {
  readonly webhookUrl?: string | null
  readonly webhookToken?: string | null
  readonly chatUser?: ChatUserChange
}

/** Dialogs as chatbots' threads: every dialog is a thread of the agent that it was begun with. */
export class Threads extends Context.Service<
  Threads,
  {
    /** Newest first, however far back. */
    readonly list: (
      chatbot: { readonly workspaceId: WorkspaceId; readonly chatbotId: AgentId },
      page: PageQuery
    ) => Effect.Effect<ReadonlyArray<ThreadSummary>>
    readonly find: (place: ThreadPlace) => Effect.Effect<Option.Option<Thread>>
    /** The latest of a thread, oldest first. */
    readonly messages: (
      workspaceId: WorkspaceId,
      threadId: DialogId,
      limit: number
    ) => Effect.Effect<ReadonlyArray<ThreadMessage>>
    /** The exchange that a turn is, as far as it has come. */
    readonly ofTurn: (workspaceId: WorkspaceId, turnId: TurnId) => Effect.Effect<Option.Option<ThreadMessage>>
    readonly create: (thread: NewThread) => Effect.Effect<Thread, ThreadTaken>
    readonly change: (place: ThreadPlace, change: ThreadChange) => Effect.Effect<Thread, ThreadNotFound>
    /** Adds to what a message has beside what was said. */
    readonly annotate: (
      message: {
        readonly workspaceId: WorkspaceId
        readonly chatbotId: AgentId
        /** Where it must be; null for any of the chatbot's. */
        readonly threadId: DialogId | null
        readonly messageId: MessageId
      },
      extra: MessageExtra
    ) => Effect.Effect<void, ThreadMessageNotFound>
  }
>()("@butler/domain/Threads") {}
