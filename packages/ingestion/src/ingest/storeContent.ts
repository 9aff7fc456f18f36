import { displayName, documentIdsOf, indexDocument, Ingestion, type PendingItem, type SourceWork } from "@butler/domain"
import { Effect } from "effect"
import type { Parsed } from "../parse/protocol.ts"
import { splitContent } from "./splitContent.ts"

/** What a page without a title is called. */
const pathOf = (url: string): string => {
  const path = URL.parse(url)?.pathname ?? url
  return /([^/]+)\/?$/u.exec(path)?.[1] ?? url
}

/** Stores what an item says; how many documents and chunks it has come to. */
export const storeContent = Effect.fn("storeContent")(function* (
  work: SourceWork,
  item: PendingItem,
  { content, title }: Pick<Parsed, "content" | "title">
) {
  const ingestion = yield* Ingestion
  const { source, workspaceId } = work
  const name = displayName(title ?? "", source.url === null ? source.name : pathOf(item.locator))
  const url = source.url === null ? {} : { url: item.locator }
  const parts = splitContent(content)
  const ids = documentIdsOf(item.id, parts.length)
  let chunkCount = 0
  for (const [index, part] of parts.entries()) {
    const { chunks, document } = yield* indexDocument({
      workspaceId,
      name: parts.length === 1 ? name : `${name} (${index + 1}/${parts.length})`,
      content: part,
      knowledgeBaseId: source.knowledgeBaseId,
      sourceId: source.id,
      ...url,
      ...(ids[index] !== undefined && { id: ids[index] })
    })
    yield* ingestion.store(work, item, document, chunks)
    chunkCount += chunks.length
  }
  return { documentCount: parts.length, chunkCount }
})
