import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Option, Redacted } from "effect"
import type { Ids } from "../ids/Ids.ts"
import { BrandId, BrandNotFound, type Brands } from "../whitelabel/Brand.ts"
import { ALL_FEATURES, Entitlements } from "../whitelabel/Entitlement.ts"
import {
  WhitelabelEmailTaken,
  type WhitelabelUser,
  WhitelabelUserId,
  WhitelabelUserNotFound
} from "../whitelabel/WhitelabelUser.ts"
import { WhitelabelUsers } from "../whitelabel/WhitelabelUsers.ts"
import { ApiKeys } from "../workspace/ApiKeys.ts"
import { Workspaces } from "../workspace/Workspace.ts"
import { newKey } from "./apiKeysContract.ts"
import { newBrand, newUser, QUOTAS } from "./brandsContract.ts"
import { newWorkspace } from "./fixtures.ts"

type Store = ApiKeys | Brands | Entitlements | WhitelabelUsers | Workspaces | Ids

const newReseller = Effect.gen(function* () {
  const { workspaceId } = yield* newWorkspace
  const brand = yield* newBrand(workspaceId)
  const placeOf = ({ id: userId }: Pick<WhitelabelUser, "id">) => ({ workspaceId, brandId: brand.id, userId })
  return { brand, placeOf, workspaceId }
})

/** What every store of white-label users does. */
export const whitelabelUsersContract = <E>(name: string, store: Layer.Layer<Store, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`WhitelabelUsers (${name})`, (it) => {
    it.effect("a user is a workspace of its own, which knows what it is entitled to", () =>
      Effect.gen(function* () {
        const { brand, placeOf } = yield* newReseller
        const user = yield* newUser(brand, "Ada@example.com")
        assert.include(user, { brandId: brand.id, email: "Ada@example.com" })
        assert.deepStrictEqual([user.quotas, user.features], [QUOTAS, ALL_FEATURES])
        assert.deepStrictEqual(yield* (yield* WhitelabelUsers).find(placeOf(user)), user)
        const own = Option.getOrThrow(yield* (yield* Workspaces).find(user.workspaceId))
        const entitlement = Option.getOrThrow(yield* (yield* Entitlements).find(user.workspaceId))
        const named = { userId: user.id, email: user.email, initialAgentId: own.defaultAgentId }
        assert.deepStrictEqual(entitlement, { quotas: QUOTAS, features: ALL_FEATURES, ...named })
        assert.isTrue(Option.isNone(yield* (yield* Entitlements).find(brand.workspaceId)))
      })
    )

    it.effect("an address is one user's in a brand, however it is written, and free in another", () =>
      Effect.gen(function* () {
        const { brand, workspaceId } = yield* newReseller
        const spellings = ["ada@example.com", "ADA@example.com", "ada@EXAMPLE.com"]
        const made = yield* Effect.forEach(spellings, (email) => Effect.exit(newUser(brand, email)), {
          concurrency: "unbounded"
        })
        assert.lengthOf(
          made.filter(({ _tag }) => _tag === "Success"),
          1
        )
        const email = "aDa@example.com"
        assert.deepStrictEqual(yield* Effect.flip(newUser(brand, email)), new WhitelabelEmailTaken({ email }))
        yield* newUser(yield* newBrand(workspaceId), email)
        const unknown = { ...brand, id: BrandId.make("1") }
        assert.deepStrictEqual(yield* Effect.flip(newUser(unknown, email)), new BrandNotFound({ brandId: unknown.id }))
      })
    )

    it.effect("a change keeps what it does not name", () =>
      Effect.gen(function* () {
        const { brand, placeOf } = yield* newReseller
        const user = yield* newUser(brand, "ada@example.com")
        const users = yield* WhitelabelUsers
        const changed = yield* users.change(placeOf(user), {
          quotas: { linksQuota: 0 },
          features: { watermark: false }
        })
        const quotas = { ...QUOTAS, linksQuota: 0 }
        const features = { ...ALL_FEATURES, watermark: false }
        assert.deepStrictEqual(changed, { ...user, quotas, features, updatedAt: changed.updatedAt })
        assert.deepStrictEqual(yield* users.find(placeOf(user)), changed)
        const entitlement = Option.getOrThrow(yield* (yield* Entitlements).find(user.workspaceId))
        assert.deepStrictEqual([entitlement.quotas, entitlement.features], [quotas, features])
        assert.deepStrictEqual((yield* users.change(placeOf(user), { quotas: {}, features: {} })).quotas, quotas)
      })
    )

    it.effect("a new key takes the place of the one before, and of no other; its text can be had", () =>
      Effect.gen(function* () {
        const { brand, placeOf } = yield* newReseller
        const user = yield* newUser(brand, "ada@example.com")
        const users = yield* WhitelabelUsers
        const keys = yield* ApiKeys
        const shown = Effect.map(users.apiKey(placeOf(user)), (text) => text && Redacted.value(text))
        assert.isNull(yield* shown)
        const own = yield* newKey(user.workspaceId)
        yield* keys.insert(own)
        const first = yield* newKey(user.workspaceId)
        const second = yield* newKey(user.workspaceId)
        yield* users.replaceKey(placeOf(user), first, Redacted.make("first"))
        assert.strictEqual(yield* shown, "first")
        yield* users.replaceKey(placeOf(user), second, Redacted.make("second"))
        assert.strictEqual(yield* shown, "second")
        const revokedAt = ({ id }: typeof first) => Effect.map(keys.find(id), (key) => Option.getOrThrow(key).revokedAt)
        assert.isNotNull(yield* revokedAt(first))
        assert.deepStrictEqual([yield* revokedAt(second), yield* revokedAt(own)], [null, null])
        yield* keys.revoke(user.workspaceId, second.id)
        assert.isNull(yield* shown)
      })
    )

    it.effect("where the API is switched off, the workspace's keys say so", () =>
      Effect.gen(function* () {
        const { brand, placeOf } = yield* newReseller
        const user = yield* newUser(brand, "ada@example.com")
        const keys = yield* ApiKeys
        const key = yield* newKey(user.workspaceId)
        const other = yield* newKey(brand.workspaceId)
        for (const each of [key, other]) yield* keys.insert(each)
        const enabled = Effect.forEach([key, other], ({ id }) =>
          Effect.map(keys.find(id), (found) => Option.getOrThrow(found).apiEnabled)
        )
        const change = (api: boolean) =>
          WhitelabelUsers.use((users) => users.change(placeOf(user), { quotas: {}, features: { api } }))
        assert.deepStrictEqual(yield* enabled, [true, true])
        yield* change(false)
        assert.deepStrictEqual(yield* enabled, [false, true])
        yield* change(true)
        assert.deepStrictEqual(yield* enabled, [true, true])
      })
    )

    it.effect("another brand's and another workspace's user does not exist, whatever is asked of it", () =>
      Effect.gen(function* () {
        const { brand, placeOf, workspaceId } = yield* newReseller
        const stranger = yield* newReseller
        const user = yield* newUser(brand, "ada@example.com")
        const users = yield* WhitelabelUsers
        const key = yield* newKey(user.workspaceId)
        const ask = (place: ReturnType<typeof placeOf>) => [
          users.find(place),
          users.change(place, { quotas: { linksQuota: 99 }, features: {} }),
          users.replaceKey(place, key, Redacted.make("key")),
          users.apiKey(place)
        ]
        const brandless = { ...placeOf(user), workspaceId: stranger.workspaceId }
        const elsewhere = { ...stranger.placeOf(user) }
        const sibling = { ...placeOf(user), brandId: (yield* newBrand(workspaceId)).id }
        const unknown = { ...placeOf(user), userId: WhitelabelUserId.make("1") }
        for (const refused of ask(brandless)) {
          assert.deepStrictEqual(
            yield* Effect.flip<unknown, unknown, never>(refused),
            new BrandNotFound({ brandId: brand.id })
          )
        }
        for (const place of [elsewhere, sibling, unknown]) {
          for (const refused of ask(place)) {
            assert.deepStrictEqual(
              yield* Effect.flip<unknown, unknown, never>(refused),
              new WhitelabelUserNotFound({ userId: place.userId })
            )
          }
        }
        assert.deepStrictEqual(yield* users.find(placeOf(user)), user)
        assert.isTrue(Option.isNone(yield* (yield* ApiKeys).find(key.id)))
      })
    )
  })
