import { Schema } from "effect"
import { KnowledgeBaseId } from "../ids/brands.ts"

/** The one that every workspace has, and that is meant where none is named. */
export const DEFAULT_KNOWLEDGE_BASE = KnowledgeBaseId.make(1)

/** What the default one is called until somebody calls it something else. */
export const DEFAULT_KNOWLEDGE_BASE_NAME = "Default"

/** A workspace has at most so many: a search goes through each of those it is given. */
export const MAX_KNOWLEDGE_BASES = 100

/** A part of a workspace's knowledge that agents can be given as a whole. */
export const KnowledgeBase = Schema.Struct({
  id: KnowledgeBaseId,
  name: Schema.String,
  documentCount: Schema.Int,
  chunkCount: Schema.Int,
  createdAt: Schema.Date
})
export type KnowledgeBase = typeof KnowledgeBase.Type

/** The knowledge base does not exist in this workspace. */
export class KnowledgeBaseNotFound extends Schema.TaggedError<KnowledgeBaseNotFound>()("KnowledgeBaseNotFound", {
  knowledgeBaseId: KnowledgeBaseId
}) {
  override get message(): string {
    return `knowledge base ${this.knowledgeBaseId} does not exist`
  }
}

/** The default knowledge base is what agents without one fall back to: it stays. */
export class KnowledgeBaseIsDefault extends Schema.TaggedError<KnowledgeBaseIsDefault>()("KnowledgeBaseIsDefault", {}) {
  override get message(): string {
    return "the default knowledge base cannot be deleted"
  }
}

/** The workspace has as many knowledge bases as it may have. */
export class TooManyKnowledgeBases extends Schema.TaggedError<TooManyKnowledgeBases>()("TooManyKnowledgeBases", {}) {}
