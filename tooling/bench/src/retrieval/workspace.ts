import { ingestDocument, searchKnowledge, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"

export interface Found {
  readonly names: ReadonlyArray<string>
  readonly millis: number
}

export const ingest = (workspaceId: WorkspaceId, name: string, text: string) =>
  ingestDocument({ workspaceId, name, content: { kind: "text", text } })

/** One search as a turn makes it, language included; the documents found, the best first, and how long it took. */
export const ask = Effect.fnUntraced(function* (workspaceId: WorkspaceId, query: string) {
  const start = performance.now()
  const { chunks } = yield* searchKnowledge({ workspaceId, query, limit: 10 })
  const found: Found = {
    names: [...new Set(chunks.map((chunk) => chunk.documentName))],
    millis: performance.now() - start
  }
  return found
})
