import { assert, layer } from "@effect/vitest"
import { Array as Arr, Effect, type Layer } from "effect"
import type { Dialog } from "../dialog/Dialog.ts"
import { type DialogCursor, Dialogs } from "../dialog/Dialogs.ts"
import { DialogId, UserId, type WorkspaceId } from "../ids/brands.ts"
import { acceptTurn } from "../turn/acceptTurn.ts"
import { command, dialogsIn, type DialogStore, first, newWorkspace } from "./fixtures.ts"

const ada = UserId.make("ada")

/** All pages of `limit` dialogs, one after another. */
const pagesOf = Effect.fnUntraced(function* (workspaceId: WorkspaceId, limit: number) {
  const pages: Array<ReadonlyArray<Dialog>> = []
  let after: DialogCursor | null = null
  do {
    const page: ReadonlyArray<Dialog> = yield* dialogsIn(workspaceId, { after, limit })
    pages.push(page)
    after = page.at(-1) ?? null
  } while (after !== null)
  return pages
})

/** What every store of dialogs does. */
export const dialogsContract = <E>(name: string, store: Layer.Layer<DialogStore, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Dialogs (${name})`, (it) => {
    it.effect("lists dialogs newest first, page by page", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const made = yield* Effect.forEach(Arr.range(1, 7), () => acceptTurn(command(workspaceId)))
        const all = yield* dialogsIn(workspaceId)
        assert.sameMembers(
          all.map(({ id }) => id),
          made.map(({ dialogId }) => dialogId)
        )
        const times = all.map(({ createdAt }) => createdAt.getTime())
        assert.deepStrictEqual(
          times,
          times.toSorted((a, b) => b - a)
        )
        const pages = yield* pagesOf(workspaceId, 3)
        assert.deepStrictEqual(
          pages.map((page) => page.length),
          [3, 3, 1, 0]
        )
        assert.deepStrictEqual(pages.flat(), all)
      })
    )

    it.effect("lists the dialogs of one contact, named by either id", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        yield* acceptTurn(command(workspaceId))
        yield* acceptTurn(command(workspaceId, { userId: UserId.make("grace") }))
        const oldest = yield* acceptTurn(command(workspaceId, { userId: ada }))
        const second = { userId: ada, dialogId: DialogId.make("second"), ifMissing: "create" } as const
        yield* acceptTurn(command(workspaceId, second))
        const byUser = yield* dialogsIn(workspaceId, { userId: ada })
        assert.sameMembers(
          byUser.map(({ id }) => id),
          [oldest.dialogId, second.dialogId]
        )
        const { contactId } = yield* first(byUser)
        assert.deepStrictEqual(yield* dialogsIn(workspaceId, { contactId }), byUser)
        assert.deepStrictEqual(yield* dialogsIn(workspaceId, { contactId, userId: ada }), byUser)
        assert.deepStrictEqual(yield* dialogsIn(workspaceId, { contactId, userId: UserId.make("grace") }), [])
        assert.deepStrictEqual(yield* dialogsIn(workspaceId, { userId: ada, limit: 1 }), byUser.slice(0, 1))
      })
    )

    it.effect("a dialog keeps its session and shows its last activity", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const dialogs = yield* Dialogs
        const { dialogId } = yield* acceptTurn(command(workspaceId, { userId: ada }))
        const find = dialogs.find(workspaceId, dialogId).pipe(Effect.flatMap(Effect.fromOption))
        const before = yield* find
        yield* acceptTurn(command(workspaceId, { dialogId, channel: { type: "WECHAT" } }))
        const { lastActiveAt, messageCount, ...rest } = yield* find
        const { lastActiveAt: activeBefore, messageCount: countBefore, ...restBefore } = before
        assert.deepStrictEqual(rest, restBefore)
        assert.deepStrictEqual([countBefore, messageCount], [1, 2])
        assert.isAtLeast(lastActiveAt.getTime(), activeBefore.getTime())
      })
    )

    it.effect("lists messages from either end, from behind a sequence", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const dialogs = yield* Dialogs
        const { dialogId } = yield* acceptTurn(command(workspaceId))
        yield* Effect.forEach(Arr.range(2, 5), () => acceptTurn(command(workspaceId, { dialogId })))
        const page = Effect.fnUntraced(function* (order: "asc" | "desc", after: number | null, limit: number) {
          const messages = yield* dialogs.messages({ workspaceId, dialogId, order, after, limit })
          return messages.map(({ sequence }) => sequence)
        })
        assert.deepStrictEqual(yield* page("asc", null, 2), [1, 2])
        assert.deepStrictEqual(yield* page("asc", 2, 2), [3, 4])
        assert.deepStrictEqual(yield* page("asc", 4, 2), [5])
        assert.deepStrictEqual(yield* page("asc", 5, 2), [])
        assert.deepStrictEqual(yield* page("desc", null, 2), [5, 4])
        assert.deepStrictEqual(yield* page("desc", 4, 2), [3, 2])
        assert.deepStrictEqual(yield* page("desc", 2, 2), [1])
        assert.deepStrictEqual(yield* page("desc", 1, 2), [])
        assert.deepStrictEqual(yield* page("asc", null, 100), [1, 2, 3, 4, 5])
      })
    )
  })
