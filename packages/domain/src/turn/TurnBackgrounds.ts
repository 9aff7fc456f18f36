import { Context, type Effect } from "effect"
import type { Contact } from "../contact/Contact.ts"
import type { ContactId, DialogId, WorkspaceId } from "../ids/brands.ts"
import type { Message } from "../message/Message.ts"
import type { Memory } from "../recall/Memory.ts"

/** A message as it was said, without what was done for it. */
export type SaidMessage = Pick<Message, "sequence" | "turnId" | "senderType" | "content" | "attachments">

/** A memory as an answer needs it. */
export type RecalledMemory = Pick<Memory, "id" | "text" | "updatedAt">

/** What there is to know before a turn is answered. */
export interface TurnBackground {
  /** What was said since people gave the dialog back, newest first. */
  readonly said: ReadonlyArray<SaidMessage>
  /** What is remembered of the contact, newest first. */
  readonly memories: ReadonlyArray<RecalledMemory>
  /** What the contact has told of itself, in whatever dialog. */
  readonly details: Contact["details"]
}

export interface BackgroundQuery {
  readonly workspaceId: WorkspaceId
  readonly dialogId: DialogId
  readonly contactId: ContactId
  /** How many messages and memories at most. */
  readonly messages: number
  readonly memories: number
}

/** What every answer of a model begins with, read at once. */
export class TurnBackgrounds extends Context.Service<
  TurnBackgrounds,
  { readonly find: (query: BackgroundQuery) => Effect.Effect<TurnBackground> }
>()("@butler/domain/TurnBackgrounds") {}
