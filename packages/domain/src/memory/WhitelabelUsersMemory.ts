import { Effect, Layer } from "effect"
import { UNSIGNED } from "../agent/AgentVersion.ts"
import { BrandNotFound } from "../whitelabel/Brand.ts"
import { ALL_FEATURES } from "../whitelabel/Entitlement.ts"
import { WhitelabelEmailTaken, WhitelabelUserNotFound } from "../whitelabel/WhitelabelUser.ts"
import { type BrandPlace, type WhitelabelUserPlace, WhitelabelUsers } from "../whitelabel/WhitelabelUsers.ts"
import { currentDate } from "./currentDate.ts"
import { MemoryStore } from "./MemoryStore.ts"
import { newWorkspaceInMemory } from "./newWorkspaceInMemory.ts"

/** `WhitelabelUsers` over the shared memory. */
export const WhitelabelUsersMemory: Layer.Layer<WhitelabelUsers, never, MemoryStore> = Layer.effect(
  WhitelabelUsers,
  Effect.map(MemoryStore, (store) => {
    const { apiKeys, brands, entitlements, whitelabelUsers } = store

    const inBrand = Effect.fnUntraced(function* ({ brandId, workspaceId }: BrandPlace) {
      if (brands.get(brandId)?.workspaceId !== workspaceId) return yield* new BrandNotFound({ brandId })
    })

    const find = Effect.fnUntraced(function* (place: WhitelabelUserPlace) {
      yield* inBrand(place)
      const stored = whitelabelUsers.get(place.userId)
      const isThere = stored?.user.brandId === place.brandId
      return isThere ? stored : yield* new WhitelabelUserNotFound({ userId: place.userId })
    })

    return WhitelabelUsers.of({
      add: Effect.fnUntraced(function* (place, { agent, email, id, quotas, workspaceId }) {
        const now = yield* currentDate
        yield* inBrand(place)
        const isSame = (other: string) => other.toLowerCase() === email.toLowerCase()
        const isTaken = whitelabelUsers
          .values()
          .some(({ user }) => user.brandId === place.brandId && isSame(user.email))
        if (isTaken) return yield* new WhitelabelEmailTaken({ email })
        const held = { quotas, features: ALL_FEATURES }
        const user = { id, brandId: place.brandId, workspaceId, email, ...held, createdAt: now, updatedAt: now }
        store.workspaces.set(workspaceId, newWorkspaceInMemory({ id: workspaceId, name: email }, agent, UNSIGNED, now))
        const own = { userId: id, email, initialAgentId: agent.id, month: "", messages: 0 }
        entitlements.set(workspaceId, { ...held, ...own })
        whitelabelUsers.set(id, { user, key: null })
        return user
      }),
      find: (place) => Effect.map(find(place), ({ user }) => user),
      change: Effect.fnUntraced(function* (place, change) {
        const now = yield* currentDate
        const stored = yield* find(place)
        const before = stored.user
        const held = {
          quotas: { ...before.quotas, ...change.quotas },
          features: { ...before.features, ...change.features }
        }
        const user = { ...before, ...held, updatedAt: now }
        const entitlement = entitlements.get(user.workspaceId)
        if (entitlement !== undefined) entitlements.set(user.workspaceId, { ...entitlement, ...held })
        whitelabelUsers.set(user.id, { ...stored, user })
        return user
      }),
      replaceKey: Effect.fnUntraced(function* (place, key, text) {
        const now = yield* currentDate
        const stored = yield* find(place)
        const old = stored.key === null ? undefined : apiKeys.get(stored.key.id)
        if (old !== undefined) apiKeys.set(old.id, { ...old, revokedAt: old.revokedAt ?? now })
        apiKeys.set(key.id, key)
        whitelabelUsers.set(place.userId, { ...stored, key: { id: key.id, text } })
      }),
      apiKey: (place) =>
        Effect.map(find(place), ({ key }) =>
          key === null || apiKeys.get(key.id)?.revokedAt !== null ? null : key.text
        )
    })
  })
)
