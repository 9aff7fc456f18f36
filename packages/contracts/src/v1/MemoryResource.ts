import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { contactId, memoryId } from "../fields/ids.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { page, pageQuery } from "../fields/page.ts"
import { text } from "../fields/text.ts"

/** A fact about a contact that later dialogs may build on. */
export const MemoryResource = Schema.Struct({
  id: Schema.String,
  text: Schema.String,
  sourceMessageId: Schema.NullOr(Schema.String).annotate({
    description: "The message it was told in; null when it was written down over the API."
  }),
  createdAt: IsoTime,
  updatedAt: IsoTime.annotate({ description: "When it was last told, confirmed or changed." })
}).annotate({ identifier: "Memory", description: "A fact about a contact that later dialogs may build on." })
export type MemoryResource = typeof MemoryResource.Type

export const MemoryPage = page("MemoryPage", MemoryResource)
export type MemoryPage = typeof MemoryPage.Type

export const MemoryListQuery = Schema.Struct(pageQuery)
export type MemoryListQuery = typeof MemoryListQuery.Type
export const decodeMemoryListQuery = decoder(MemoryListQuery)

export const MemoryParams = Schema.Struct({ contactId, memoryId })
export const decodeMemoryParams = decoder(MemoryParams)

export const MemoryText = Schema.Struct({
  text: text(1, 500, { description: "The fact, in a sentence.", examples: ["Prefers to be called in the evening."] })
}).annotate({ identifier: "MemoryText" })
export const decodeMemoryText = decoder(MemoryText)

const count = Schema.Int

/** What erasing a contact has removed. */
export const ErasureResource = Schema.Struct({
  contacts: count.annotate({ description: "The contact and those that were merged into it." }),
  dialogs: count,
  messages: count,
  turns: count,
  events: count.annotate({ description: "Entries of the dialogs' logs." }),
  memories: count,
  deliveries: count.annotate({ description: "What webhook endpoints and callbacks were told or owed." }),
  idempotencyKeys: count,
  unanswered: count.annotate({ description: "Questions that nobody could answer, which it was the last to ask." })
}).annotate({ identifier: "Erasure", description: "How much of each kind was erased." })
export type ErasureResource = typeof ErasureResource.Type
