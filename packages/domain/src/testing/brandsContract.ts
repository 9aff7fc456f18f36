import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Redacted } from "effect"
import type { WorkspaceId } from "../ids/brands.ts"
import { Ids } from "../ids/Ids.ts"
import { type Brand, BrandId, BrandInUse, BrandNotFound, Brands, emptyBrand } from "../whitelabel/Brand.ts"
import { type Quotas } from "../whitelabel/Entitlement.ts"
import { WhitelabelUserId } from "../whitelabel/WhitelabelUser.ts"
import { WhitelabelUsers } from "../whitelabel/WhitelabelUsers.ts"
import type { Workspaces } from "../workspace/Workspace.ts"
import { newWorkspace } from "./fixtures.ts"

export const QUOTAS: Quotas = {
  chatbotsQuota: 2,
  linksQuota: 3,
  filesQuota: 2,
  combinedMessagesQuota: 10,
  membersQuota: 1
}

export const newBrand = Effect.fnUntraced(function* (workspaceId: WorkspaceId, given: Partial<Brand> = {}) {
  const id = BrandId.make(yield* (yield* Ids).snowflake)
  return yield* (yield* Brands).create({
    id,
    workspaceId,
    name: "Shop 店",
    ...emptyBrand,
    resendApiKey: null,
    ...given
  })
})

export const newUser = Effect.fnUntraced(function* (brand: Brand, email: string, quotas: Partial<Quotas> = {}) {
  const ids = yield* Ids
  const { id: brandId, workspaceId } = brand
  return yield* (yield* WhitelabelUsers).add(
    { workspaceId, brandId },
    {
      id: WhitelabelUserId.make(yield* ids.snowflake),
      email,
      quotas: { ...QUOTAS, ...quotas },
      workspaceId: yield* ids.workspaceId,
      agent: { id: yield* ids.agentId, name: "Butler" }
    }
  )
})

type Store = Brands | WhitelabelUsers | Workspaces | Ids

/** What every store of brands does. */
export const brandsContract = <E>(name: string, store: Layer.Layer<Store, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Brands (${name})`, (it) => {
    it.effect("a brand comes back as it was made, with its secret, and is listed behind older ones", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const brands = yield* Brands
        const made = yield* newBrand(workspaceId, {
          domain: "app.example.com",
          emailSettings: { ...emptyBrand.emailSettings, fromName: "Shop" },
          defaultQuota: QUOTAS,
          resendApiKey: Redacted.make("re_123456")
        })
        const other = yield* newBrand(workspaceId)
        const found = yield* brands.find(workspaceId, made.id)
        assert.deepStrictEqual({ ...found, resendApiKey: null }, { ...made, resendApiKey: null })
        assert.strictEqual(found.resendApiKey && Redacted.value(found.resendApiKey), "re_123456")
        assert.deepStrictEqual(
          (yield* brands.list(workspaceId)).map(({ id }) => id),
          [made.id, other.id]
        )
      })
    )

    it.effect("a change keeps what it does not name, and none of two at once is lost", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const brands = yield* Brands
        const { id } = yield* newBrand(workspaceId, { resendApiKey: Redacted.make("re_1"), color: "#000000" })
        yield* Effect.all(
          [
            brands.change(workspaceId, id, { emailSettings: { fromName: "A" } }),
            brands.change(workspaceId, id, { emailSettings: { fromEmail: "a@example.com" }, name: "Other" })
          ],
          { concurrency: "unbounded" }
        )
        const changed = yield* brands.find(workspaceId, id)
        assert.include(changed, { name: "Other", color: "#000000" })
        assert.deepStrictEqual(changed.emailSettings, { fromName: "A", fromEmail: "a@example.com", replyToEmail: "" })
        assert.isNotNull(changed.resendApiKey)
        assert.isNull((yield* brands.change(workspaceId, id, { resendApiKey: null })).resendApiKey)
      })
    )

    it.effect("another workspace's brand does not exist, whatever is asked of it", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const { workspaceId: other } = yield* newWorkspace
        const brands = yield* Brands
        const { id } = yield* newBrand(workspaceId)
        for (const refused of [
          brands.find(other, id),
          brands.change(other, id, { name: "Mallory" }),
          brands.remove(other, id)
        ]) {
          assert.deepStrictEqual(
            yield* Effect.flip<unknown, unknown, never>(refused),
            new BrandNotFound({ brandId: id })
          )
        }
        assert.deepStrictEqual(yield* brands.list(other), [])
        assert.strictEqual((yield* brands.find(workspaceId, id)).name, "Shop 店")
      })
    )

    it.effect("a brand is removed, but not while it has users", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const brands = yield* Brands
        const used = yield* newBrand(workspaceId)
        const unused = yield* newBrand(workspaceId)
        yield* newUser(used, "ada@example.com")
        assert.deepStrictEqual(
          yield* Effect.flip(brands.remove(workspaceId, used.id)),
          new BrandInUse({ brandId: used.id })
        )
        yield* brands.remove(workspaceId, unused.id)
        assert.deepStrictEqual(
          (yield* brands.list(workspaceId)).map(({ id }) => id),
          [used.id]
        )
      })
    )
  })
