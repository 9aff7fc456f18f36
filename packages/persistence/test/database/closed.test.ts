import { assert, it } from "@effect/vitest"
import { Effect, Exit, Layer, Scope } from "effect"
import { PgliteDatabase, transaction } from "../../src/index.ts"
import { migratedCluster } from "../../src/testing/freshPglite.ts"
import { freshPostgres } from "../../src/testing/index.ts"
import { createRows, insertRow } from "./rows.ts"

const pglite = Layer.unwrap(
  Effect.promise(async () => PgliteDatabase.layerMemory({ loadDataDir: await migratedCluster() }))
)

for (const [name, database] of [
  ["PostgreSQL", freshPostgres],
  ["PGlite", pglite]
] as const) {
  it.live(`${name}: what comes after the end fails, and does not wait`, () =>
    Effect.gen(function* () {
      const scope = yield* Scope.make()
      const context = yield* Layer.buildWithScope(database, scope)
      const late = Effect.provideContext(Effect.exit(transaction(insertRow(1))), context)
      yield* Effect.provideContext(createRows, context)
      assert.isTrue(Exit.isSuccess(yield* late))
      yield* Scope.close(scope, Exit.void)
      assert.isTrue(Exit.isFailure(yield* late))
      assert.isTrue(Exit.isFailure(yield* Effect.provideContext(Effect.exit(insertRow(2)), context)))
    })
  )
}
