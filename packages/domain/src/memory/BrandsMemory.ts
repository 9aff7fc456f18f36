import { Effect, Layer } from "effect"
import type { WorkspaceId } from "../ids/brands.ts"
import { type BrandId, BrandInUse, BrandNotFound, Brands, changeBrand } from "../whitelabel/Brand.ts"
import { currentDate } from "./currentDate.ts"
import { MemoryStore } from "./MemoryStore.ts"

/** `Brands` over the shared memory. */
export const BrandsMemory: Layer.Layer<Brands, never, MemoryStore> = Layer.effect(
  Brands,
  Effect.map(MemoryStore, ({ brands, whitelabelUsers }) => {
    const find = Effect.fnUntraced(function* (workspaceId: WorkspaceId, brandId: BrandId) {
      const brand = brands.get(brandId)
      return brand?.workspaceId === workspaceId ? brand : yield* new BrandNotFound({ brandId })
    })

    return Brands.of({
      create: (made) =>
        Effect.map(currentDate, (now) => {
          const brand = { ...made, createdAt: now, updatedAt: now }
          brands.set(brand.id, brand)
          return brand
        }),
      list: (workspaceId) =>
        Effect.sync(() => [...brands.values()].filter((brand) => brand.workspaceId === workspaceId)),
      find,
      change: Effect.fnUntraced(function* (workspaceId, id, change) {
        const now = yield* currentDate
        const brand = { ...changeBrand(yield* find(workspaceId, id), change), updatedAt: now }
        brands.set(id, brand)
        return brand
      }),
      remove: Effect.fnUntraced(function* (workspaceId, brandId) {
        yield* find(workspaceId, brandId)
        const isUsed = whitelabelUsers.values().some(({ user }) => user.brandId === brandId)
        if (isUsed) return yield* new BrandInUse({ brandId })
        brands.delete(brandId)
      })
    })
  })
)
