import { Schema } from "effect"
import { ContactId, MemoryId, MessageId } from "../ids/brands.ts"

/** A fact about a contact that later dialogs may build on. */
export const Memory = Schema.Struct({
  id: MemoryId,
  contactId: ContactId,
  text: Schema.String,
  /** The message it was told in; null when it was written down by a person. */
  sourceMessageId: Schema.NullOr(MessageId),
  createdAt: Schema.Date,
  updatedAt: Schema.Date
})
export type Memory = typeof Memory.Type

/** The contact has no such memory. */
export class MemoryNotFound extends Schema.TaggedError<MemoryNotFound>()("MemoryNotFound", { memoryId: MemoryId }) {
  override get message(): string {
    return `memory ${this.memoryId} does not exist`
  }
}
