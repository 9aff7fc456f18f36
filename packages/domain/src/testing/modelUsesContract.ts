import { assert, layer } from "@effect/vitest"
import { Effect, type Layer } from "effect"
import { ModelUses, NO_USE } from "../agent/ModelUse.ts"
import { Contacts } from "../contact/Contacts.ts"
import { ContactId, UserId } from "../ids/brands.ts"
import { acceptTurn } from "../turn/acceptTurn.ts"
import type { TurnStep } from "../turn/Turn.ts"
import { Turns } from "../turn/Turns.ts"
import { Workspaces } from "../workspace/Workspace.ts"
import { acceptLeased, claimIn, command, completed, type DialogStore, LONG_MS, newWorkspace } from "./fixtures.ts"

const asked = (input: number | null, output: number | null, cost?: number): TurnStep => ({
  name: "model",
  startedAt: 0,
  durationMs: 1,
  outcome: "ok",
  tokens: { input, output },
  ...(cost !== undefined && { cost })
})
const other: TurnStep = { name: "knowledge", startedAt: 0, durationMs: 1, outcome: "ok" }

/** What every ledger of what models used does. */
export const modelUsesContract = <E>(name: string, store: Layer.Layer<Contacts | DialogStore | ModelUses, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`ModelUses (${name})`, (it) => {
    it.effect("turns add what they used, whatever became of them; one that lost its lease adds nothing", () =>
      Effect.gen(function* () {
        const { soFar } = yield* ModelUses
        const { cancel, end } = yield* Turns
        const { workspaceId } = yield* newWorkspace
        const ada = { userId: UserId.make("ada") }
        const first = yield* acceptLeased(workspaceId, LONG_MS, ada)
        yield* end(first, { ...completed(), steps: [other, asked(100, 20, 0.25), asked(50, null)] })
        const second = yield* acceptLeased(workspaceId, LONG_MS, ada)
        const error = { type: "model_failed", detail: "no answer" }
        yield* end(second, { status: "failed", error, agentLogs: [], steps: [asked(1, 2, 0.5)] })
        const lost = yield* acceptLeased(workspaceId, LONG_MS, ada)
        yield* cancel(workspaceId, lost.id)
        yield* Effect.flip(end(lost, { ...completed(), steps: [asked(1_000, 1_000, 9)] }))
        const hers = { calls: 3, inputTokens: 151, outputTokens: 22, cost: 0.75 }
        assert.deepStrictEqual(yield* soFar(workspaceId, first.contactId), {
          contactToday: hers,
          workspaceThisMonth: hers
        })

        const stranger = yield* acceptLeased(workspaceId, LONG_MS)
        yield* end(stranger, { ...completed(), steps: [asked(10, 10, 0.5)] })
        const all = { calls: 4, inputTokens: 161, outputTokens: 32, cost: 1.25 }
        assert.deepStrictEqual(yield* soFar(workspaceId, first.contactId), {
          contactToday: hers,
          workspaceThisMonth: all
        })
        assert.deepStrictEqual((yield* soFar(workspaceId, null)).contactToday, NO_USE)
        const elsewhere = yield* newWorkspace
        assert.deepStrictEqual((yield* soFar(elsewhere.workspaceId, null)).workspaceThisMonth, NO_USE)
      })
    )

    it.effect("what was used outside of turns is added, also of a contact that was merged or is gone", () =>
      Effect.gen(function* () {
        const { record, soFar } = yield* ModelUses
        const { merge } = yield* Contacts
        const { workspaceId } = yield* newWorkspace
        const use = { calls: 1, inputTokens: 10, outputTokens: 1, cost: 0.5 }
        const ada = yield* acceptLeased(workspaceId, LONG_MS, { userId: UserId.make("ada") })
        const other = yield* acceptLeased(workspaceId, LONG_MS)
        yield* record(workspaceId, ada.contactId, use)
        yield* record(workspaceId, ada.contactId, use)
        yield* record(workspaceId, other.contactId, use)
        yield* merge({ workspaceId, from: other.contactId, into: ada.contactId })
        yield* record(workspaceId, other.contactId, use)
        yield* record(workspaceId, ContactId.make("1"), use)
        const hers = { calls: 4, inputTokens: 40, outputTokens: 4, cost: 2 }
        assert.deepStrictEqual(yield* soFar(workspaceId, ada.contactId), {
          contactToday: hers,
          workspaceThisMonth: { calls: 5, inputTokens: 50, outputTokens: 5, cost: 2.5 }
        })
        yield* record(workspaceId, null, use)
        assert.deepStrictEqual(yield* soFar(workspaceId, ada.contactId), {
          contactToday: hers,
          workspaceThisMonth: { calls: 6, inputTokens: 60, outputTokens: 6, cost: 3 }
        })
      })
    )

    it.effect("a turn knows what its workspace may use, whoever starts it", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        yield* (yield* Workspaces).update(workspaceId, { modelBudget: { tokens: 5 } })
        assert.deepStrictEqual((yield* acceptLeased(workspaceId, LONG_MS)).workspaceBudget, { tokens: 5 })
        yield* acceptTurn(command(workspaceId))
        const [claimed] = yield* claimIn(workspaceId)
        assert.deepStrictEqual(claimed?.workspaceBudget, { tokens: 5 })
      })
    )
  })
