import { Ingestion, type PendingItem, type SourceWork } from "@butler/domain"
import { Effect, Option } from "effect"
import { Parser, ParseFailed } from "../parse/Parser.ts"
import type { ParseKind } from "../parse/protocol.ts"
import { storeContent } from "./storeContent.ts"

/** The bytes of a file, put together where they then stay: the thread that parses them is given the very same. */
const bytesOf = Effect.fnUntraced(function* (work: SourceWork) {
  const ingestion = yield* Ingestion
  const bytes = new Uint8Array(work.source.size ?? 0)
  let offset = 0
  for (let part = 0; offset < bytes.length; part++) {
    const next = yield* ingestion.filePart(work, part)
    if (Option.isNone(next) || offset + next.value.length > bytes.length) {
      return yield* new ParseFailed({ code: "broken_file", detail: "a part of the file is missing" })
    }
    bytes.set(next.value, offset)
    offset += next.value.length
  }
  return bytes
})

/** Reads the file that a source is. */
export const readFile = Effect.fn("readFile")(function* (work: SourceWork, kind: ParseKind, item: PendingItem) {
  const ingestion = yield* Ingestion
  const parser = yield* Parser
  const parsed = yield* parser.parse({ kind, bytes: yield* bytesOf(work), url: null, charset: null })
  const stored = yield* storeContent(work, item, { content: parsed.content, title: null })
  yield* ingestion.settle(work, item, { status: "ready", error: null, title: parsed.title, found: [], ...stored })
})
