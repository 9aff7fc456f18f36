import { Clock, Effect } from "effect"
import { Ids } from "../ids/Ids.ts"
import { ChunkId, DocumentId, type KnowledgeBaseId, type SourceId, type WorkspaceId } from "../ids/brands.ts"
import { DEFAULT_SOURCE, type Chunk, type IndexedChunk } from "./Chunk.ts"
import { chunkPairs } from "./chunkPairs.ts"
import { chunkText } from "./chunkText.ts"
import type { Document, DocumentContent, QuestionAnswer } from "./Document.ts"
import { DEFAULT_KNOWLEDGE_BASE } from "./KnowledgeBase.ts"
import { TextAnalyzer } from "./TextAnalyzer.ts"

/** A document as it is handed in. Ids are made here unless they are given, as sample data does. */
export interface IngestCommand {
  readonly workspaceId: WorkspaceId
  readonly name: string
  readonly content: DocumentContent
  /** The default one unless it is named. */
  readonly knowledgeBaseId?: KnowledgeBaseId
  readonly url?: string
  readonly sourceId?: SourceId
  readonly id?: DocumentId
  /** Ids for the first chunks, in their order. */
  readonly chunkIds?: ReadonlyArray<ChunkId>
  readonly lang?: string
  readonly source?: string
}

interface Passage {
  readonly content: string
  readonly pair: QuestionAnswer | null
}

const passagesOf = (content: DocumentContent): ReadonlyArray<Passage> =>
  content.kind === "pairs"
    ? chunkPairs(content.pairs)
    : chunkText(content.text).map((passage) => ({ content: passage, pair: null }))

/** Enough to be sure of a language. */
const LANGUAGE_SAMPLE = 2000

const sampleOf = (content: DocumentContent): string =>
  (content.kind === "text"
    ? content.text
    : content.pairs.map(({ question, answer }) => `${question}\n${answer}`).join("\n")
  ).slice(0, LANGUAGE_SAMPLE)

/** What a database can hold: no NUL, no half of a character. */
const storable = (text: string): string => text.toWellFormed().replaceAll("\u0000", "")

const storableContent = (content: DocumentContent): DocumentContent =>
  content.kind === "text"
    ? { kind: content.kind, text: storable(content.text) }
    : {
        kind: content.kind,
        pairs: content.pairs.map(({ question, answer }) => ({ question: storable(question), answer: storable(answer) }))
      }

/**
 * Cuts a document into chunks and finds the terms of each. A chunk is in its own language where that is certain, else in the
 * document's; it is found by the document's name too.
 */
export const indexDocument = Effect.fn("Knowledge.indexDocument")(function* (command: IngestCommand) {
  const analyzer = yield* TextAnalyzer
  const ids = yield* Ids
  const name = storable(command.name)
  const content = storableContent(command.content)
  const url = command.url ?? null
  const createdAt = new Date(yield* Clock.currentTimeMillis)
  const id = command.id ?? DocumentId.make(`doc_${yield* ids.snowflake}`)
  const detected =
    command.lang === undefined ? analyzer.detectLanguage(sampleOf(content)) : { code: command.lang, certain: true }

  const indexChunk = Effect.fnUntraced(function* (passage: Passage, index: number) {
    const own = analyzer.detectLanguage(passage.content)
    const language = own.certain ? own : detected
    const chunk: Chunk = {
      id: command.chunkIds?.[index] ?? ChunkId.make(`chunk_${yield* ids.snowflake}`),
      documentId: id,
      documentName: name,
      documentUrl: url,
      content: passage.content,
      lang: language.code,
      enabled: true,
      source: command.source ?? DEFAULT_SOURCE,
      pair: passage.pair,
      createdAt
    }
    const indexed: IndexedChunk = { chunk, terms: analyzer.terms(`${name}\n${passage.content}`, language) }
    // A long document must not hold up the turns of the same process.
    yield* Effect.yieldNow
    return indexed
  })

  const chunks = yield* Effect.forEach(passagesOf(content), indexChunk)
  const document: Document = {
    id,
    knowledgeBaseId: command.knowledgeBaseId ?? DEFAULT_KNOWLEDGE_BASE,
    name,
    url,
    sourceId: command.sourceId ?? null,
    kind: content.kind,
    lang: detected.code,
    chunkCount: chunks.length,
    createdAt,
    content
  }
  return { document, chunks }
})
