import { Context, type Effect, type Option } from "effect"
import type { MessageExtra, SystemMessageType } from "../chatbot/ThreadMessage.ts"
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

/** That something happened to a dialog, to be told in it. */
export interface Notice extends Pick<Posting, "workspaceId" | "dialogId" | "messageId" | "content"> {
  readonly type: SystemMessageType
}

/** The notice as it is said. */
export const noticePosting = ({ type, ...notice }: Notice): Posting => ({
  ...notice,
  sender: { type: "system", id: null },
  contentType: "text",
  url: "",
  extra: { systemMessageType: type }
})

/** Speaking into dialogs outside turns; whoever is to reply stays the same. */
export class Messages extends Context.Service<
  Messages,
  {
    /** Stores the message at the end of the dialog, with its event and the deliveries owed, or nothing. */
    readonly post: (posting: Posting) => Effect.Effect<Message, DialogNotFound>
    /**
     * Posts the notice, unless the dialog's last message is one of its type: however often and however many at once tell the
     * same, it stands there once, until something else is said. None where it is not posted, or there is no such dialog.
     */
    readonly notify: (notice: Notice) => Effect.Effect<Option.Option<Message>>
  }
>()("@butler/domain/Messages") {}
