import { Context, type Effect } from "effect"
import type { MessageExtra } from "../chatbot/ThreadMessage.ts"
import type { DialogNotFound } from "../dialog/Dialog.ts"
import type { DialogId, MessageId, WorkspaceId } from "../ids/brands.ts"
import type { ContentType, Message } from "./Message.ts"

/** Something to be said in a dialog outside a turn. */
export interface Posting {
  readonly workspaceId: WorkspaceId
  readonly dialogId: DialogId
  readonly messageId: MessageId
  /** An agent without an id is the one that the dialog was begun with. */
  readonly sender: { readonly type: "person" | "agent" | "system"; readonly id: string | null }
  readonly contentType: ContentType
  readonly content: string
  readonly url: string
  /** What a thread shows with it. */
  readonly extra?: MessageExtra
}

/** Speaking into dialogs outside turns; whoever is to reply stays the same. */
export class Messages extends Context.Service<
  Messages,
  {
    /** Stores the message at the end of the dialog, with its event and the deliveries owed, or nothing. */
    readonly post: (posting: Posting) => Effect.Effect<Message, DialogNotFound>
  }
>()("@butler/domain/Messages") {}
