import { assert, layer } from "@effect/vitest"
import { acceptTurn, MessagesLimitReached } from "@butler/domain"
import { command, newBrand, newUser, newWorkspace } from "@butler/domain/testing"
import { Effect, Layer } from "effect"
import { sql } from "kysely"
import { PersistenceLayer, query } from "../src/index.ts"
import { engines } from "../src/testing/index.ts"

for (const [name, database] of engines) {
  const store = PersistenceLayer.pipe(Layer.provideMerge(database))
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`quotas on ${name}`, (it) => {
    it.effect("messages are counted anew in each month", () =>
      Effect.gen(function* () {
        const brand = yield* newBrand((yield* newWorkspace).workspaceId)
        const { workspaceId } = yield* newUser(brand, "ada@example.com", { combinedMessagesQuota: 1 })
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
  })
}
