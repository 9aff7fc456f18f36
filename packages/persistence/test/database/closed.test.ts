import { assert, it } from "@effect/vitest"
import { Effect, Exit, Layer, Scope } from "effect"
import { transaction } from "../../src/index.ts"
import { engines } from "../../src/testing/index.ts"
import { createRows, insertRow } from "./rows.ts"

for (const [name, database] of engines) {
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
