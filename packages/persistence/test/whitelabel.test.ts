import { assert, layer } from "@effect/vitest"
import {
  acceptTurn,
  DEFAULT_KNOWLEDGE_BASE,
  FilesLimitReached,
  Ids,
  Ingestion,
  KnowledgeSources,
  LinksLimitReached,
  MessagesLimitReached,
  type NewSource,
  SourceId,
  type WorkspaceId
} from "@butler/domain"
import { command, newBrand, newUser, newWorkspace } from "@butler/domain/testing"
import { Effect, Layer, Option } from "effect"
import { sql } from "kysely"
import { PersistenceLayer, query } from "../src/index.ts"
import { engines } from "../src/testing/index.ts"

const member = Effect.gen(function* () {
  const brand = yield* newBrand((yield* newWorkspace).workspaceId)
  const quotas = { combinedMessagesQuota: 1, linksQuota: 5, filesQuota: 2 }
  return (yield* newUser(brand, "ada@example.com", quotas)).workspaceId
})

const source = Effect.fnUntraced(function* (given: Partial<NewSource>) {
  const id = SourceId.make(`src_${yield* Ids.use(({ snowflake }) => snowflake)}`)
  const made: NewSource = {
    id,
    knowledgeBaseId: DEFAULT_KNOWLEDGE_BASE,
    kind: "site",
    name: "Site",
    url: `https://example.com/${id}`,
    maxPages: 100,
    maxDepth: 5,
    syncFrequency: "never",
    ...given
  }
  return made
})

const sites = (count: number) => Effect.forEach(Array.from({ length: count }), () => source({}))
const add = Effect.fnUntraced(function* (workspaceId: WorkspaceId, count: number) {
  return yield* (yield* KnowledgeSources).create(workspaceId, yield* sites(count))
})

const found = (...names: ReadonlyArray<string>) =>
  names.map((name) => ({ locator: `https://example.com/page/${name}`, depth: 1 }))

for (const [name, database] of engines) {
  const store = PersistenceLayer.pipe(Layer.provideMerge(database))
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`quotas on ${name}`, (it) => {
    it.effect("messages are counted anew in each month", () =>
      Effect.gen(function* () {
        const workspaceId = yield* member
        yield* acceptTurn(command(workspaceId))
        assert.instanceOf(yield* Effect.flip(acceptTurn(command(workspaceId))), MessagesLimitReached)
        yield* query("test.lastMonth", (db) =>
          sql`
            update entitlement set message_month = message_month - interval '1 month'
            where workspace_id = ${workspaceId}::uuid`.execute(db)
        )
        yield* acceptTurn(command(workspaceId))
        assert.instanceOf(yield* Effect.flip(acceptTurn(command(workspaceId))), MessagesLimitReached)
      })
    )

    it.effect("of sources that are added at once no more than may be", () =>
      Effect.gen(function* () {
        const workspaceId = yield* member
        const made = yield* Effect.forEach([2, 2, 2, 2], (count) => Effect.option(add(workspaceId, count)), {
          concurrency: "unbounded"
        })
        assert.lengthOf(made.filter(Option.isSome), 2)
        assert.deepStrictEqual(yield* Effect.flip(add(workspaceId, 2)), new LinksLimitReached({ quota: 5, used: 4 }))
        yield* add(workspaceId, 1)
        const open = Effect.gen(function* () {
          const file = yield* source({ kind: "text", url: null })
          return yield* (yield* KnowledgeSources).open(workspaceId, file)
        })
        const opened = yield* Effect.forEach([1, 2, 3, 4], () => Effect.option(open), { concurrency: "unbounded" })
        assert.lengthOf(opened.filter(Option.isSome), 2)
        assert.deepStrictEqual(yield* Effect.flip(open), new FilesLimitReached({ quota: 2 }))
      })
    )

    it.effect("pages found at once on two sites are no more than may be; those that are known stay", () =>
      Effect.gen(function* () {
        const workspaceId = yield* member
        const ingestion = yield* Ingestion
        yield* add(workspaceId, 2)
        const token = yield* Ids.use(({ snowflake }) => snowflake)
        const works = (yield* ingestion.claim(100, { token, durationMs: 60_000 })).filter(
          (work) => work.workspaceId === workspaceId
        )
        const begin = (pages: ReturnType<typeof found>) =>
          Effect.forEach(works, (work) => ingestion.begin(work, pages), { concurrency: "unbounded" })
        const known = Effect.map(
          Effect.forEach(works, (work) => ingestion.known(work)),
          (locators) => locators.flat().length
        )
        yield* begin(found("a", "b", "c", "d"))
        assert.strictEqual(yield* known, 5)
        yield* begin(found("a", "b", "c", "d", "e"))
        assert.strictEqual(yield* known, 5)
      })
    )
  })
}
