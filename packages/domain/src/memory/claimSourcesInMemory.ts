import type { WorkspaceId } from "../ids/brands.ts"
import type { SourceWork } from "../knowledge/Ingestion.ts"
import * as Lane from "../lane/Lane.ts"
import type { LeaseTerms } from "../lane/Lane.ts"
import { dueFairly } from "./dueFairly.ts"
import type { KnowledgeStore } from "./KnowledgeStore.ts"
import type { MemoryStore } from "./MemoryStore.ts"
import type { StoredSource } from "./StoredSource.ts"

const taskOf = ({ source: { status } }: StoredSource): SourceWork["task"] => {
  if (status === "uploading") return "remove"
  return status === "syncing" ? "resume" : "read"
}

const lease = (workspaceId: WorkspaceId, stored: StoredSource, now: number, counted: boolean, terms: LeaseTerms) => {
  const lane = Lane.claim(stored.lane, now, terms)
  if (lane === null) return []
  stored.lane = lane
  const { id, kind, knowledgeBaseId, maxDepth, maxPages, name, size, url } = stored.source
  const work: SourceWork = {
    lease: { workspaceId, key: id, seq: lane.doneSeq + 1, token: terms.token },
    workspaceId,
    source: { id, kind, knowledgeBaseId, name, url, maxPages, maxDepth, size },
    task: taskOf(stored),
    counted,
    attempts: lane.attempts
  }
  return [work]
}

/** Leases due sources with what is to be done with each, fairly between workspaces. */
export const claimSourcesInMemory = (
  knowledge: KnowledgeStore["Service"],
  { entitlements }: MemoryStore["Service"],
  limit: number,
  now: number,
  terms: LeaseTerms
): ReadonlyArray<SourceWork> =>
  dueFairly(
    knowledge.all().map(([workspaceId, { sources }]) => [workspaceId, sources.values()] as const),
    now,
    limit
  ).flatMap(([workspaceId, stored]) => lease(workspaceId, stored, now, entitlements.has(workspaceId), terms))
