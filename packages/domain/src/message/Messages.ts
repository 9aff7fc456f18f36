import { Context, type Effect } from "effect"
import type { DialogNotFound } from "../dialog/Dialog.ts"
import type { DialogId, MessageId, WorkspaceId } from "../ids/brands.ts"
import type { ContentType, Message } from "./Message.ts"

/** Something to be said in a dialog outside a turn. */
export interface Posting {
  readonly workspaceId: WorkspaceId
  readonly dialogId: DialogId
  readonly messageId: MessageId
  /** An agent without an id is the one that answers in the workspace. */
  readonly sender: { readonly type: "person" | "agent"; readonly id: string | null }
  readonly contentType: ContentType
  readonly content: string
  readonly url: string
}

/** Speaking into dialogs outside turns; whoever is to reply stays the same. */
export class Messages extends Context.Service<
  Messages,
  {
    /** Stores the message at the end of the dialog, with its event and the deliveries owed, or nothing. */
    readonly post: (posting: Posting) => Effect.Effect<Message, DialogNotFound>
  }
>()("@butler/domain/Messages") {}
