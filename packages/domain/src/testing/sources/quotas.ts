import { assert } from "@effect/vitest"
import { Effect, Option } from "effect"
import type { WorkspaceId } from "../../ids/brands.ts"
import { Ingestion } from "../../knowledge/Ingestion.ts"
import { KnowledgeSources } from "../../knowledge/KnowledgeSources.ts"
import { FilesLimitReached, LinksLimitReached } from "../../whitelabel/Entitlement.ts"
import { newBrand, newUser } from "../brandsContract.ts"
import { newWorkspace, type Tests } from "../fixtures.ts"
import { claimSources, file, page, sites, type SourceStore } from "./fixtures.ts"

/** The workspace of a white-label user. */
const member = Effect.gen(function* () {
  const brand = yield* newBrand((yield* newWorkspace).workspaceId)
  return (yield* newUser(brand, "ada@example.com", { linksQuota: 5, filesQuota: 2 })).workspaceId
})

const add = Effect.fnUntraced(function* (workspaceId: WorkspaceId, count: number) {
  return yield* (yield* KnowledgeSources).create(workspaceId, yield* sites(count, { maxPages: 100 }))
})

/** The workspaces of white-label users are held to their quotas. */
export const quotas = (it: Tests<SourceStore>): void => {
  it.effect("of sources that are added at once no more than may be; those that are removed make room", () =>
    Effect.gen(function* () {
      const [workspaceId, sources] = [yield* member, yield* KnowledgeSources]
      const made = yield* Effect.forEach([2, 2, 2, 2], (count) => Effect.option(add(workspaceId, count)), {
        concurrency: "unbounded"
      })
      assert.lengthOf(made.filter(Option.isSome), 2)
      assert.deepStrictEqual(yield* Effect.flip(add(workspaceId, 2)), new LinksLimitReached({ quota: 5, used: 4 }))
      const [last] = yield* add(workspaceId, 1)
      const open = Effect.flatMap(file(), (opened) => sources.open(workspaceId, opened))
      const opened = yield* Effect.forEach([1, 2, 3, 4], () => Effect.option(open), { concurrency: "unbounded" })
      assert.lengthOf(opened.filter(Option.isSome), 2)
      assert.deepStrictEqual(yield* Effect.flip(open), new FilesLimitReached({ quota: 2 }))
      if (last === undefined) return yield* Effect.die("nothing was added")
      yield* sources.remove(workspaceId, last.id)
      yield* add(workspaceId, 1)
      const other = yield* newWorkspace
      assert.lengthOf(yield* add(other.workspaceId, 6), 6)
    })
  )

  it.effect("pages found at once on two sites are no more than may be; those that are known stay", () =>
    Effect.gen(function* () {
      const [workspaceId, ingestion] = [yield* member, yield* Ingestion]
      yield* add(workspaceId, 2)
      const works = yield* claimSources(workspaceId)
      assert.deepStrictEqual(
        works.map(({ counted }) => counted),
        [true, true]
      )
      const begin = (paths: ReadonlyArray<string>) =>
        Effect.forEach(
          works,
          (work) =>
            ingestion.begin(
              work,
              paths.map((path) => page(path))
            ),
          { concurrency: "unbounded" }
        )
      const known = Effect.map(
        Effect.forEach(works, (work) => ingestion.known(work)),
        (locators) => locators.flat().length
      )
      yield* begin(["/a", "/b", "/c", "/d"])
      assert.strictEqual(yield* known, 5)
      yield* begin(["/a", "/b", "/c", "/d", "/e"])
      assert.strictEqual(yield* known, 5)
      assert.deepStrictEqual(yield* Effect.flip(add(workspaceId, 1)), new LinksLimitReached({ quota: 5, used: 5 }))
    })
  )
}
