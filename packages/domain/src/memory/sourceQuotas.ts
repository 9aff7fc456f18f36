import type { SourceId } from "../ids/brands.ts"
import type { StoredKnowledge } from "./KnowledgeStore.ts"

/** How many pages of the web a workspace reads, or is to, but those of one source; each source counts from the moment it is added. */
export const countLinks = ({ sources }: StoredKnowledge, but: SourceId | null = null): number =>
  sources
    .values()
    .filter(({ source }) => source.url !== null && source.id !== but)
    .reduce((sum, { items }) => sum + Math.max(1, items.size), 0)

/** How many sources are no pages of the web, those that have not arrived yet among them. */
export const countFiles = ({ sources }: StoredKnowledge): number =>
  sources.values().reduce((sum, { source }) => sum + (source.url === null ? 1 : 0), 0)
