import type { IngestError, KnowledgeSource } from "../knowledge/KnowledgeSource.ts"
import type { SourceChange } from "../knowledge/KnowledgeSources.ts"
import * as Lane from "../lane/Lane.ts"
import { nextSyncOf, type StoredSource } from "./StoredSource.ts"

const rests = ({ status }: Pick<KnowledgeSource, "status">): boolean => status === "ready" || status === "failed"

/** The lane behind its last reading, with the next one if there is to be any. */
const dueAt = (lane: Lane.Lane, at: Date | null): Lane.Lane => ({
  ...lane,
  lastSeq: at === null ? lane.doneSeq : lane.doneSeq + 1,
  nextAt: at?.getTime() ?? Infinity
})

/** Makes a source due now, unless it is being read. */
export const syncInMemory = (stored: StoredSource, now: number): void => {
  const { lane, source } = stored
  stored.lane = {
    ...lane,
    lastSeq: lane.nextAt === Infinity ? lane.lastSeq + 1 : lane.lastSeq,
    nextAt: lane.leaseToken === null ? now : lane.nextAt
  }
  stored.source = { ...source, status: rests(source) ? "queued" : source.status, nextSyncAt: null }
}

/** Changes a source; one that is not being read gets its next due time by its new frequency. */
export const changeSourceInMemory = (stored: StoredSource, change: SourceChange): void => {
  const { name = stored.source.name, syncFrequency = stored.source.syncFrequency } = change
  const source = { ...stored.source, name, syncFrequency }
  if (!rests(source) || source.syncedAt === null) {
    stored.source = source
    return
  }
  const nextSyncAt = nextSyncOf(source, source.syncedAt)
  stored.source = { ...source, nextSyncAt }
  if (stored.lane.leaseToken === null) stored.lane = dueAt(stored.lane, nextSyncAt)
}

/** Ends a reading; the next one is due by the source's frequency. False when the lease is lost. */
export const finishInMemory = (stored: StoredSource, token: string, error: IngestError | null, now: Date): boolean => {
  const lane = Lane.complete(stored.lane, now.getTime(), token)
  if (lane === null) return false
  const nextSyncAt = nextSyncOf(stored.source, now)
  const status = error === null ? "ready" : "failed"
  stored.source = { ...stored.source, status, error, syncedAt: now, nextSyncAt }
  stored.lane = dueAt(lane, nextSyncAt)
  return true
}
