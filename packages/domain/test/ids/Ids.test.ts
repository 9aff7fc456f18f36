import { Ids } from "@butler/domain"
import { assert, it, layer } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"

const CUID = /^[a-z][a-z0-9]{23}$/
const SNOWFLAKE = /^[1-9]\d{16,18}$/

layer(Ids.layer(7))("Ids", (it) => {
  it.effect("have the shapes of the contract", () =>
    Effect.gen(function* () {
      const ids = yield* Ids
      yield* TestClock.setTime(Date.UTC(2026, 1, 5, 10, 30, 45))
      const { channelId, conversationId, id, sessionId } = yield* ids.dialogSeed
      assert.match(id, /^dlg_20260205103045_[a-z0-9]{16}$/)
      for (const cuid of [channelId, conversationId, sessionId]) assert.match(cuid, CUID)
      assert.strictEqual(new Set([channelId, conversationId, sessionId]).size, 3)
      const snowflakes = [ids.contactId, ids.messageId, ids.turnId, ids.agentId, ids.snowflake]
      for (const snowflake of snowflakes) assert.match(yield* snowflake, SNOWFLAKE)
      assert.match(yield* ids.workspaceId, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    })
  )

  it.effect("do not repeat", () =>
    Effect.gen(function* () {
      const ids = yield* Ids
      const made = yield* Effect.all([ids.dialogSeed, ids.messageId, ids.workspaceId]).pipe(
        Effect.replicateEffect(1000)
      )
      for (const place of [0, 1, 2] as const) assert.strictEqual(new Set(made.map((each) => each[place])).size, 1000)
      assert.strictEqual(new Set(made.map(([{ id }]) => id)).size, 1000)
    })
  )
})

it.effect("two nodes at one moment make different ids", () =>
  Effect.gen(function* () {
    const one = yield* Ids.use((ids) => ids.turnId).pipe(Effect.provide(Ids.layer(1)))
    const two = yield* Ids.use((ids) => ids.turnId).pipe(Effect.provide(Ids.layer(2)))
    assert.notStrictEqual<string>(one, two)
  })
)
