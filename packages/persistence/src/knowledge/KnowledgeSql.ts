import {
  ChunkIdTaken,
  Document,
  DocumentCursor,
  DocumentNotFound,
  DocumentSummary,
  Knowledge,
  NO_MATCHES,
  type ScoredChunk,
  scoreNormaliser
} from "@butler/domain"
import { Effect, Layer, Option, Schema, Struct } from "effect"
import { Database } from "../database/Database.ts"
import { onConstraint } from "../database/SqlFailure.ts"
import { retryTransient } from "../database/transaction.ts"
import { findDocument } from "./findDocument.ts"
import { listDocuments } from "./listDocuments.ts"
import { putDocument } from "./putDocument.ts"
import { removeDocuments } from "./removeDocuments.ts"
import { type FoundRow, searchChunks } from "./searchChunks.ts"
import { searchFused } from "./searchFused.ts"

const decodeDocuments = Schema.decodeUnknownEffect(Schema.Array(Document))
const decodeSummaries = Schema.decodeUnknownEffect(Schema.Array(DocumentSummary))
const chunkOf = (row: FoundRow): ScoredChunk => Struct.omit(row, ["chunkCount", "frequencies"])

/** Only scores by words are brought into 0..1: those by place are in it, and never mixed with others. */
const normalised =
  (normalise: (score: number) => number) =>
  (chunk: ScoredChunk): ScoredChunk => {
    if (chunk.lexicalScore === undefined) return Struct.assign(chunk, { score: normalise(chunk.score) })
    return { ...chunk, lexicalScore: chunk.lexicalScore === null ? null : normalise(chunk.lexicalScore) }
  }

/** Documents and their index in SQL, changed together in one transaction. */
export const KnowledgeSql: Layer.Layer<Knowledge, never, Database> = Layer.effect(
  Knowledge,
  Effect.gen(function* () {
    const database = yield* Database
    const provide = Effect.provideService(Database, database)
    return Knowledge.of({
      put: Effect.fn("KnowledgeSql.put")(
        putDocument,
        retryTransient,
        (effect, _, { id }) =>
          effect.pipe(
            Effect.catchTag(
              "SqlFailure",
              onConstraint("chunk_id_key", () => new ChunkIdTaken({ documentId: id }))
            )
          ),
        provide
      ),
      find: Effect.fn("KnowledgeSql.find")(
        function* (workspaceId, id) {
          const { rows } = yield* findDocument(workspaceId, id)
          return Option.fromUndefinedOr((yield* decodeDocuments(rows))[0])
        },
        Effect.orDie,
        provide
      ),
      list: Effect.fn("KnowledgeSql.list")(
        function* (workspaceId, page) {
          const { rows } = yield* listDocuments(workspaceId, page)
          const last = rows.length > page.limit ? rows[page.limit - 1] : undefined
          return {
            documents: yield* decodeSummaries(rows.slice(0, page.limit)),
            next: last === undefined ? null : DocumentCursor.make(last.sequence)
          }
        },
        Effect.orDie,
        provide
      ),
      remove: Effect.fn("KnowledgeSql.remove")(
        function* (workspaceId, id) {
          if ((yield* removeDocuments(workspaceId, [id])) === 0) return yield* new DocumentNotFound({ documentId: id })
        },
        retryTransient,
        Effect.catchTag("SqlFailure", Effect.die),
        provide
      ),
      search: Effect.fnUntraced(
        function* (workspaceId, search) {
          const { rows } = yield* search.embedding === undefined
            ? searchChunks(workspaceId, search)
            : searchFused(workspaceId, search, search.embedding)
          const [first] = rows
          if (first === undefined) return NO_MATCHES
          const statistics = { chunkCount: first.chunkCount, frequencies: new Map(Object.entries(first.frequencies)) }
          const normalise = normalised(scoreNormaliser(search.terms, statistics))
          return { chunks: rows.map((row) => normalise(chunkOf(row))), statistics }
        },
        Effect.orDie,
        provide
      )
    })
  })
)
