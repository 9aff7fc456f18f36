import { Context, type Effect, type Option } from "effect"
import type { ContactId, DialogId, UserId, WorkspaceId } from "../ids/brands.ts"
import type { Message } from "../message/Message.ts"
import type { Dialog } from "./Dialog.ts"

/** The place behind which a page of dialogs goes on. */
export interface DialogCursor {
  readonly createdAt: Date
  readonly id: DialogId
}

export interface DialogQuery {
  readonly workspaceId: WorkspaceId
  readonly contactId: ContactId | null
  readonly userId: UserId | null
  readonly after: DialogCursor | null
  readonly limit: number
}

export interface MessageQuery {
  readonly workspaceId: WorkspaceId
  readonly dialogId: DialogId
  readonly order: "asc" | "desc"
  /** The sequence behind which the page goes on. */
  readonly after: number | null
  readonly limit: number
}

/** Dialogs and what was said in them, for reading. */
export class Dialogs extends Context.Service<
  Dialogs,
  {
    readonly find: (workspaceId: WorkspaceId, dialogId: DialogId) => Effect.Effect<Option.Option<Dialog>>
    /** Newest first. */
    readonly list: (query: DialogQuery) => Effect.Effect<ReadonlyArray<Dialog>>
    /** By sequence; empty for a dialog that does not exist. */
    readonly messages: (query: MessageQuery) => Effect.Effect<ReadonlyArray<Message>>
  }
>()("@butler/domain/Dialogs") {}
