import { TextAnalyzerSnowball } from "@butler/agent"
import {
  type Cipher,
  DEFAULT_KNOWLEDGE_BASE,
  Ids,
  type KnowledgeSource,
  KnowledgeSources,
  type NewSource,
  searchKnowledge,
  SourceId,
  type WorkspaceId
} from "@butler/domain"
import { type Database, PersistenceLayer } from "@butler/persistence"
import { Egress } from "@butler/webhooks/egress"
import { Effect, Layer, Option, Schedule } from "effect"
import { IngestionRunner, Parser, Web } from "../../src/index.ts"

const OPTIONS = { concurrency: 2, leaseMs: 30_000, heartbeatMs: 5_000, drainMs: 0 }

/** A store with a runner that reads sources, also from this machine. */
export const world = <E>(database: Layer.Layer<Cipher | Database, E>) =>
  IngestionRunner.layer(OPTIONS).pipe(
    Layer.provide(Layer.merge(Parser.layer(), Web.layer({ timeoutMs: 2_000 }))),
    Layer.provideMerge(
      Layer.mergeAll(PersistenceLayer, TextAnalyzerSnowball, Layer.orDie(Egress.layer({ allow: ["127.0.0.1"] })))
    ),
    Layer.provideMerge(database)
  )

/** What a source is unless a test says otherwise. */
export const newSource = Effect.fnUntraced(function* (given: Partial<NewSource>) {
  const id = SourceId.make(`src_${yield* Ids.use(({ snowflake }) => snowflake)}`)
  const source: NewSource = {
    id,
    knowledgeBaseId: DEFAULT_KNOWLEDGE_BASE,
    kind: "site",
    name: "A source",
    url: null,
    maxPages: 50,
    maxDepth: 5,
    syncFrequency: "never",
    ...given
  }
  return source
})

/** Waits until a source has been read. */
export const read = (workspaceId: WorkspaceId, id: SourceId) =>
  KnowledgeSources.use((sources) => sources.find(workspaceId, id)).pipe(
    Effect.map(Option.getOrThrow),
    Effect.repeat({
      until: ({ status }: KnowledgeSource) => status === "ready" || status === "failed",
      schedule: Schedule.spaced("20 millis")
    }),
    Effect.timeout("25 seconds")
  )

/** Adds a web source and waits until it has been read. */
export const crawl = Effect.fnUntraced(function* (workspaceId: WorkspaceId, given: Partial<NewSource>) {
  const source = yield* newSource(given)
  yield* KnowledgeSources.use((sources) => sources.create(workspaceId, [source]))
  return yield* read(workspaceId, source.id)
})

/** Asks for another reading and waits for its end. */
export const sync = Effect.fnUntraced(function* (workspaceId: WorkspaceId, id: SourceId) {
  yield* KnowledgeSources.use((sources) => sources.sync(workspaceId, id))
  return yield* read(workspaceId, id)
})

/** Adds a file and waits until it has been read. */
export const upload = Effect.fnUntraced(function* (
  workspaceId: WorkspaceId,
  given: Partial<NewSource>,
  parts: ReadonlyArray<Uint8Array>
) {
  const source = yield* newSource(given)
  const sources = yield* KnowledgeSources
  yield* sources.open(workspaceId, source)
  yield* Effect.forEach(parts, (bytes, part) => sources.append(workspaceId, source.id, part, bytes), { discard: true })
  const size = parts.reduce((sum, bytes) => sum + bytes.length, 0)
  yield* sources.submit(workspaceId, source.id, { ...source, size })
  return yield* read(workspaceId, source.id)
})

/** Each item's path or name with how it stands, in the order of their names. */
export const itemsOf = Effect.fnUntraced(function* (workspaceId: WorkspaceId, id: SourceId) {
  const sources = yield* KnowledgeSources
  const items = yield* sources.items(workspaceId, id, { status: null, limit: 1000, after: null })
  return items
    .map(({ error, locator, status }) => {
      const { pathname, search } = URL.parse(locator) ?? { pathname: locator, search: "" }
      return `${pathname}${search} ${error?.code ?? status}`
    })
    .toSorted()
})

/** The names of the documents that a search finds. */
export const found = Effect.fnUntraced(function* (workspaceId: WorkspaceId, query: string) {
  const { chunks } = yield* searchKnowledge({ workspaceId, query, limit: 10 })
  return chunks.map(({ documentName }) => documentName).toSorted()
})
