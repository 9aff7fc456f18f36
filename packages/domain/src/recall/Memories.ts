import { Context, type Effect } from "effect"
import type { ContactNotFound } from "../contact/Contact.ts"
import type { ContactId, DialogId, MemoryId, MessageId, WorkspaceId } from "../ids/brands.ts"
import type { Memory, MemoryNotFound } from "./Memory.ts"

/** The most that is kept of a contact; what was told or confirmed the longest time ago goes first. */
export const MOST_MEMORIES = 200

/** A fact to be kept. */
export interface NewMemory {
  readonly id: MemoryId
  readonly text: string
  readonly sourceMessageId: MessageId | null
}

/** The place behind which a page of memories goes on. */
export interface MemoryCursor {
  readonly createdAt: Date
  readonly id: MemoryId
}

export interface MemoryQuery {
  readonly workspaceId: WorkspaceId
  readonly contactId: ContactId
  readonly after: MemoryCursor | null
  readonly limit: number
}

/** Up to where a dialog's messages have been read for facts, and what they told. */
export interface Distilled {
  readonly workspaceId: WorkspaceId
  readonly dialogId: DialogId
  /** Where the reading began: nothing is kept when another one has come further meanwhile. */
  readonly from: number
  readonly through: number
  readonly facts: ReadonlyArray<NewMemory>
  /** Memories that the facts stand for from now on. */
  readonly replaced: ReadonlyArray<MemoryId>
}

/** What is remembered of contacts. The id of a contact that was merged into another stands for that one. */
export class Memories extends Context.Service<
  Memories,
  {
    /** Newest first. */
    readonly list: (query: MemoryQuery) => Effect.Effect<ReadonlyArray<Memory>>
    /** What is kept already, but for its case, is confirmed instead. */
    readonly add: (
      workspaceId: WorkspaceId,
      contactId: ContactId,
      memory: NewMemory
    ) => Effect.Effect<Memory, ContactNotFound>
    readonly update: (
      workspaceId: WorkspaceId,
      contactId: ContactId,
      id: MemoryId,
      text: string
    ) => Effect.Effect<Memory, MemoryNotFound>
    readonly remove: (
      workspaceId: WorkspaceId,
      contactId: ContactId,
      id: MemoryId
    ) => Effect.Effect<void, MemoryNotFound>
    /** The sequence of the dialog's last message that has been read for facts; 0 when none has. */
    readonly readThrough: (workspaceId: WorkspaceId, dialogId: DialogId) => Effect.Effect<number>
    /** Keeps the facts and moves the mark, or neither; answers which. */
    readonly distilled: (distilled: Distilled) => Effect.Effect<boolean>
  }
>()("@butler/domain/Memories") {}
