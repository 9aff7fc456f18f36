import { LoggedChunk } from "@butler/domain"
import { Schema } from "effect"
import { abides, decoder, type Rule } from "../fields/decoder.ts"
import { documentId, knowledgeBaseId, knowledgeBaseIdFromString } from "../fields/ids.ts"
import { IsoTime } from "../fields/isoTime.ts"
import { whole } from "../fields/numbers.ts"
import { page, pageQuery } from "../fields/page.ts"
import { text } from "../fields/text.ts"
import { optional, orElse } from "../fields/unset.ts"

const summary = {
  id: Schema.String,
  knowledgeBaseId: Schema.Int,
  name: Schema.String,
  url: Schema.NullOr(Schema.String).annotate({ description: "Where it was read, when it came from the web." }),
  sourceId: Schema.NullOr(Schema.String).annotate({ description: "The source it was made from, if any." }),
  kind: Schema.Literals(["text", "pairs"]),
  lang: Schema.String.annotate({ description: "ISO 639-1, judged from the content.", examples: ["zh"] }),
  chunkCount: Schema.Int,
  createdAt: IsoTime
}

/** A document as lists show it. */
export const DocumentSummaryResource = Schema.Struct(summary).annotate({
  identifier: "DocumentSummary",
  description: "A document without its content."
})
export type DocumentSummaryResource = typeof DocumentSummaryResource.Type

export const DocumentPageResource = page("DocumentPage", DocumentSummaryResource)
export type DocumentPageResource = typeof DocumentPageResource.Type

/** Said, and not only spaces. */
export const said = (max: number) =>
  text(1, max).check(Schema.makeFilter((value: string) => (value.trim() === "" ? "must not be blank" : undefined)))

const Pair = Schema.Struct({ question: said(2000), answer: said(20_000) }).annotate({ identifier: "QuestionAnswer" })

/** As many as are stored as one document. */
export const pairs = Schema.Array(Pair).check(
  Schema.makeFilter(
    ({ length }: ReadonlyArray<unknown>) => (length >= 1 && length <= 5000 ? undefined : "must have 1 to 5,000 pairs"),
    { toJsonSchema: () => ({ minItems: 1, maxItems: 5000 }) }
  )
)

/** One whole document: exactly one of `text` and `pairs`, by `kind`. */
export const DocumentResource = Schema.Struct({
  ...summary,
  text: Schema.optionalKey(Schema.String.annotate({ description: 'With `kind: "text"`.' })),
  pairs: Schema.optionalKey(Schema.Array(Pair).annotate({ description: 'With `kind: "pairs"`.' }))
}).annotate({ identifier: "Document", description: "A document with its content." })
export type DocumentResource = typeof DocumentResource.Type

const isSet = (value: unknown): boolean => value !== undefined && value !== null

const oneContent: Rule = (fields) => {
  if (isSet(fields["text"]) && isSet(fields["pairs"])) return { path: "pairs", message: "must not be sent beside text" }
  return isSet(fields["text"]) || isSet(fields["pairs"])
    ? undefined
    : { path: "text", message: "is required unless pairs are sent" }
}

export const NewDocument = Schema.Struct({
  name: said(256),
  knowledgeBaseId: optional(knowledgeBaseId, { description: "Where it belongs; the default one unless it is sent." }),
  text: optional(said(1_000_000), {
    description:
      "Running text, plain or Markdown: 1 to 1,000,000 characters. Exactly one of `text` and `pairs` is sent."
  }),
  pairs: optional(pairs, {
    description: "Questions with the answers to give verbatim. Exactly one of `text` and `pairs` is sent."
  })
})
  .check(abides(oneContent))
  .annotate({ identifier: "NewDocument" })
export type NewDocument = typeof NewDocument.Type
export const decodeNewDocument = decoder(NewDocument, oneContent)

export const DocumentParams = Schema.Struct({ documentId })
export const decodeDocumentParams = decoder(DocumentParams)

export const DocumentListQuery = Schema.Struct({
  ...pageQuery,
  knowledgeBaseId: Schema.optionalKey(knowledgeBaseIdFromString)
})
export type DocumentListQuery = typeof DocumentListQuery.Type
export const decodeDocumentListQuery = decoder(DocumentListQuery)

/** At least one knowledge base, and no more than a search should go through. */
export const knowledgeBaseIds = Schema.Array(knowledgeBaseId).check(
  Schema.makeFilter(
    ({ length }: ReadonlyArray<unknown>) =>
      length >= 1 && length <= 20 ? undefined : "must have 1 to 20 knowledge bases",
    { toJsonSchema: () => ({ minItems: 1, maxItems: 20 }) }
  )
)

export const KnowledgeSearch = Schema.Struct({
  query: said(2000),
  knowledgeBaseIds: optional(knowledgeBaseIds, {
    description: "Where to look, together as if they were one; the default one unless it is sent."
  }),
  limit: orElse(whole(1, 50), 10, { description: "How many chunks at most." })
}).annotate({ identifier: "KnowledgeQuery" })
export type KnowledgeSearch = typeof KnowledgeSearch.Type
export const decodeKnowledgeSearch = decoder(KnowledgeSearch)

/** What a search found, best first. */
export const KnowledgeMatchesResource = Schema.Struct({
  data: Schema.Array(
    LoggedChunk.annotate({
      identifier: "KnowledgeChunk",
      description: "A chunk as agent logs show it: `created_at` in seconds, `score` from 0 to 1."
    })
  )
}).annotate({ identifier: "KnowledgeMatches", description: "What a search found, best first." })
export type KnowledgeMatchesResource = typeof KnowledgeMatchesResource.Type
