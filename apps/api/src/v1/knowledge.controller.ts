import {
  decodeDocumentListQuery,
  decodeDocumentParams,
  decodeKnowledgeSearch,
  decodeNewDocument,
  type DocumentPageResource,
  type DocumentResource,
  type DocumentSummaryResource,
  type KnowledgeMatchesResource
} from "@butler/contracts"
import { DEFAULT_KNOWLEDGE_BASE, DocumentNotFound, Knowledge, searchKnowledge, toLoggedChunk } from "@butler/domain"
import { Controller, Delete, Get, HttpCode, Post, Req } from "@nestjs/common"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { callerOf } from "../auth/callerOf.ts"
import { EffectRunner } from "../effect/EffectRunner.ts"
import { Requires } from "../http/RoutePolicy.ts"
import { createDocument } from "./createDocument.ts"
import { documentCursor } from "./cursor.ts"
import { found } from "./found.ts"
import { documentResource, documentSummaryResource } from "./resources.ts"
import { v1Refusal } from "./v1Refusal.ts"

@Controller("v1/knowledge")
export class KnowledgeController {
  constructor(private readonly effects: EffectRunner) {}

  @Post("documents")
  @Requires("knowledge:write", { largeBody: true })
  create(@Req() request: FastifyRequest): Promise<DocumentSummaryResource> {
    const { workspaceId } = callerOf(request)
    const program = decodeNewDocument(request.body).pipe(
      Effect.flatMap((document) => createDocument(workspaceId, document)),
      Effect.map(documentSummaryResource)
    )
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get("documents")
  @Requires("knowledge:read")
  list(@Req() request: FastifyRequest): Promise<DocumentPageResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { cursor, knowledgeBaseId, limit } = yield* decodeDocumentListQuery(request.query)
      const after = yield* documentCursor.decode(cursor)
      const { documents, next } = yield* (yield* Knowledge).list(workspaceId, {
        knowledgeBaseId: knowledgeBaseId ?? DEFAULT_KNOWLEDGE_BASE,
        limit,
        after
      })
      return {
        data: documents.map(documentSummaryResource),
        nextCursor: next === null ? null : documentCursor.encode(next)
      }
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Get("documents/:documentId")
  @Requires("knowledge:read")
  find(@Req() request: FastifyRequest): Promise<DocumentResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { documentId } = yield* decodeDocumentParams(request.params)
      const document = yield* Knowledge.use((knowledge) => knowledge.find(workspaceId, documentId)).pipe(
        found(() => new DocumentNotFound({ documentId }))
      )
      return documentResource(document)
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Delete("documents/:documentId")
  @HttpCode(204)
  @Requires("knowledge:write")
  remove(@Req() request: FastifyRequest): Promise<void> {
    const { workspaceId } = callerOf(request)
    const program = Effect.flatMap(decodeDocumentParams(request.params), ({ documentId }) =>
      Knowledge.use((knowledge) => knowledge.remove(workspaceId, documentId))
    )
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }

  @Post("search")
  @HttpCode(200)
  @Requires("knowledge:read")
  search(@Req() request: FastifyRequest): Promise<KnowledgeMatchesResource> {
    const { workspaceId } = callerOf(request)
    const program = Effect.gen(function* () {
      const { knowledgeBaseIds, limit, query } = yield* decodeKnowledgeSearch(request.body)
      const { chunks } = yield* searchKnowledge({ workspaceId, knowledgeBaseIds, query, limit })
      return { data: chunks.map(toLoggedChunk) }
    })
    return this.effects.run(request, Effect.mapError(program, v1Refusal))
  }
}
