import { Schema } from "effect"
import { decoder } from "../fields/decoder.ts"
import { knowledgeBaseIdFromString } from "../fields/ids.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { page } from "../fields/page.ts"
import { text } from "../fields/text.ts"

export const KnowledgeBaseResource = Schema.Struct({
  id: Schema.Int,
  name: Schema.String,
  documentCount: Schema.Int,
  chunkCount: Schema.Int,
  createdAt: IsoTime
}).annotate({
  identifier: "KnowledgeBase",
  description: "A part of the knowledge that agents can be given as a whole."
})
export type KnowledgeBaseResource = typeof KnowledgeBaseResource.Type

export const KnowledgeBaseList = page("KnowledgeBaseList", KnowledgeBaseResource)
export type KnowledgeBaseList = typeof KnowledgeBaseList.Type

/** A new knowledge base, or one's new name. */
export const KnowledgeBaseInput = Schema.Struct({ name: text(1, 128) }).annotate({ identifier: "KnowledgeBaseInput" })
export const decodeKnowledgeBaseInput = decoder(KnowledgeBaseInput)

export const KnowledgeBaseParams = Schema.Struct({ knowledgeBaseId: knowledgeBaseIdFromString })
export const decodeKnowledgeBaseParams = decoder(KnowledgeBaseParams)
