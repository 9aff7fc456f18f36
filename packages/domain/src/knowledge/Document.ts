import { Schema } from "effect"
import { DocumentId, KnowledgeBaseId, SourceId } from "../ids/brands.ts"

/** A question with the answer a person wrote for it; the answer is given verbatim. */
export const QuestionAnswer = Schema.Struct({ question: Schema.NonEmptyString, answer: Schema.NonEmptyString })
export type QuestionAnswer = typeof QuestionAnswer.Type

/** What a document says: running text (plain or Markdown), or questions with their answers. */
export const DocumentContent = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("text"), text: Schema.String }),
  Schema.Struct({ kind: Schema.Literal("pairs"), pairs: Schema.Array(QuestionAnswer) })
])
export type DocumentContent = typeof DocumentContent.Type

/** A document as lists show it; `lang` is an ISO 639-1 code. */
export const DocumentSummary = Schema.Struct({
  id: DocumentId,
  knowledgeBaseId: KnowledgeBaseId,
  name: Schema.String,
  /** Where it can be read, when it came from the web. */
  url: Schema.NullOr(Schema.String),
  /** What it was made from; null for one that was handed in by itself. */
  sourceId: Schema.NullOr(SourceId),
  kind: Schema.Literals(["text", "pairs"]),
  lang: Schema.String,
  chunkCount: Schema.Int,
  createdAt: Schema.Date
})
export type DocumentSummary = typeof DocumentSummary.Type

/** One piece of a knowledge base. Its chunks are what is searched. */
export const Document = Schema.Struct({ ...DocumentSummary.fields, content: DocumentContent })
export type Document = typeof Document.Type

/** The document does not exist in this workspace. */
export class DocumentNotFound extends Schema.TaggedError<DocumentNotFound>()("DocumentNotFound", {
  documentId: DocumentId
}) {
  override get message(): string {
    return `document ${this.documentId} does not exist`
  }
}
