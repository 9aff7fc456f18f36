import { decodeUploadFields } from "@butler/contracts"
import { DEFAULT_KNOWLEDGE_BASE, displayName, fileName, type NewSource, type WorkspaceId } from "@butler/domain"
import { kindOfFile } from "@butler/ingestion"
import { Effect, Stream } from "effect"
import type { FastifyRequest } from "fastify"
import { AppConfig } from "../../config.ts"
import { refuse, type Refused } from "../../http/Refused.ts"
import { newSourceId } from "./createSource.ts"
import { storeFile } from "./storeFile.ts"
import { uploadOf } from "./uploadOf.ts"

/** What a form may have around its file. */
const FORM_BYTES = 65_536

const broken = () => refuse("invalid_request", "the file did not arrive whole")

/** Adds a file as it arrives; one that is said to be too large is refused before. */
export const uploadSource = Effect.fn("uploadSource")(function* (workspaceId: WorkspaceId, request: FastifyRequest) {
  const { uploadLimit } = yield* AppConfig
  if (Number(request.headers["content-length"] ?? 0) > uploadLimit + FORM_BYTES) {
    return yield* refuse("payload_too_large", `a file must have at most ${uploadLimit.toLocaleString("en")} bytes`)
  }
  const upload = yield* uploadOf(request)
  const fields = yield* decodeUploadFields(Object.assign({}, request.query, upload.fields))
  const name = fields.name ?? fileName(upload.name)
  const kind = fields.kind ?? kindOfFile(name, upload.contentType)
  if (kind === null) {
    return yield* refuse("unsupported_media_type", "neither name nor type tell what the file is; send `kind`")
  }
  const source: NewSource = {
    id: yield* newSourceId,
    knowledgeBaseId: fields.knowledgeBaseId ?? DEFAULT_KNOWLEDGE_BASE,
    kind,
    name: displayName(name, kind),
    url: null,
    maxPages: 1,
    maxDepth: 0,
    syncFrequency: "never"
  }
  const bytes = Stream.fromAsyncIterable<Uint8Array, Refused>(upload.stream, broken)
  return yield* storeFile(workspaceId, source, bytes, uploadLimit)
})
