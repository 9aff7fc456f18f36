import { type IngestError, Ingestion, KnowledgeSources, type PendingItem, type SourceWork } from "@butler/domain"
import { Clock, Effect, Option } from "effect"
import type { ParseFailed } from "../parse/Parser.ts"
import type { FetchFailed } from "../web/Web.ts"
import { readFile } from "./readFile.ts"
import { readPage } from "./readPage.ts"
import { type RunPlan, startRun } from "./startRun.ts"

/** After this long a source makes room for those that wait longer. */
const SLICE_MS = 20_000

/** Items taken up at once, and how many of them are read at the same time. */
const BATCH = 16
const CONCURRENCY = 4

/** A source that has ended so many processes will end the next one. */
const MAX_ATTEMPTS = 5

const VANISHED_STEP = 50

const errorOf = ({ code, detail }: FetchFailed | ParseFailed): IngestError => ({ code, detail })

/** Reads one item. What is wrong with it is written down with it; what there was of it stays, unless it is gone for good. */
const readItem = Effect.fn("readItem")(function* (work: SourceWork, plan: RunPlan, item: PendingItem) {
  const ingestion = yield* Ingestion
  const fail = (failure: FetchFailed | ParseFailed) =>
    ingestion.settle(work, item, {
      status: "failed",
      error: errorOf(failure),
      found: [],
      ...(failure.code === "gone" && { documentCount: 0, chunkCount: 0, contentHash: null })
    })
  const known = plan._tag === "Web" ? plan.unread.get(item.locator) : undefined
  if (known !== undefined) return yield* fail(known)
  const read = plan._tag === "Web" ? readPage(work, plan.rules, item) : readFile(work, plan.kind, item)
  yield* Effect.catchTags(read, { FetchFailed: fail, ParseFailed: fail })
  if (plan._tag === "Web" && plan.rules.delayMs > 0) yield* Effect.sleep(plan.rules.delayMs)
})

/** Reads on until nothing is left to read, or for as long as it is its turn; whether something is left. */
const readOn = Effect.fnUntraced(function* (work: SourceWork, plan: RunPlan) {
  const ingestion = yield* Ingestion
  const concurrency = plan._tag === "Web" && plan.rules.delayMs > 0 ? 1 : CONCURRENCY
  const until = (yield* Clock.currentTimeMillis) + SLICE_MS
  for (;;) {
    const items = yield* ingestion.pending(work, concurrency === 1 ? 1 : BATCH)
    if (items.length === 0) return false
    if ((yield* Clock.currentTimeMillis) >= until) return true
    yield* Effect.forEach(items, (item) => readItem(work, plan, item), { concurrency, discard: true })
  }
})

/** A reading of which nothing came has failed. */
const verdictOf = Effect.fnUntraced(
  function* ({ source, workspaceId }: SourceWork) {
    const sources = yield* KnowledgeSources
    const found = yield* sources.find(workspaceId, source.id)
    if (Option.isNone(found) || found.value.items.ready > 0 || found.value.items.failed === 0) return null
    const items = yield* sources.items(workspaceId, source.id, { status: "failed", limit: 1, after: null })
    return items[0]?.error ?? null
  },
  Effect.catchTag("SourceNotFound", () => Effect.succeed(null))
)

const end = Effect.fnUntraced(function* (work: SourceWork) {
  const ingestion = yield* Ingestion
  yield* Effect.repeat(ingestion.removeVanished(work, VANISHED_STEP), { while: (removed) => removed === VANISHED_STEP })
  yield* ingestion.finish(work, yield* verdictOf(work))
})

/** Does what is to be done with a claimed source, for a while; whether there is more to do. */
export const runSource = Effect.fn("runSource")(
  function* (work: SourceWork) {
    const ingestion = yield* Ingestion
    if (work.task === "remove") {
      yield* ingestion.removeSource(work)
      return false
    }
    if (work.attempts > MAX_ATTEMPTS) {
      yield* ingestion.finish(work, { code: "gave_up", detail: "reading it has failed again and again" })
      return false
    }
    const fail = (failure: FetchFailed | ParseFailed) => ingestion.finish(work, errorOf(failure))
    const plan = yield* Effect.catchTags(Effect.asSome(startRun(work)), {
      FetchFailed: (failure) => Effect.as(fail(failure), Option.none()),
      ParseFailed: (failure) => Effect.as(fail(failure), Option.none())
    })
    if (Option.isNone(plan)) return false
    const isLeft = yield* readOn(work, plan.value)
    if (isLeft) yield* ingestion.pause(work.lease)
    else yield* end(work)
    return isLeft
  },
  // Somebody else goes on with it, or nobody wants it any more.
  Effect.catchTag("SourceLeaseLost", () => Effect.succeed(false)),
  (effect, { source }) => Effect.annotateLogs(effect, { sourceId: source.id })
)
