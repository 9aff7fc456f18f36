import { assert, layer } from "@effect/vitest"
import { Array as Arr, Effect, type Layer } from "effect"
import { ContactNotFound } from "../contact/Contact.ts"
import { Contacts } from "../contact/Contacts.ts"
import { Ids } from "../ids/Ids.ts"
import type { ContactId, MessageId, WorkspaceId } from "../ids/brands.ts"
import { Memories, type MemoryCursor, MOST_MEMORIES } from "../recall/Memories.ts"
import { MemoryNotFound } from "../recall/Memory.ts"
import { TaskProgresses } from "../task/TaskProgresses.ts"
import { Turns } from "../turn/Turns.ts"
import { acceptLeased, completed, type DialogStore, LONG_MS, messagesOf, newWorkspace } from "./fixtures.ts"

const newContact = Effect.fnUntraced(function* (workspaceId: WorkspaceId) {
  const turn = yield* acceptLeased(workspaceId, LONG_MS)
  const [message] = yield* messagesOf(workspaceId, turn.dialogId)
  return { ...turn, messageId: message?.id ?? null }
})

const fact = Effect.fnUntraced(function* (text: string, sourceMessageId: MessageId | null = null) {
  return { id: yield* (yield* Ids).memoryId, text, sourceMessageId }
})

const listed = (workspaceId: WorkspaceId, contactId: ContactId, after: MemoryCursor | null = null, limit = 1000) =>
  Memories.use(({ list }) => list({ workspaceId, contactId, after, limit }))

const textsOf = (workspaceId: WorkspaceId, contactId: ContactId) =>
  Effect.map(listed(workspaceId, contactId), (all) => all.map(({ text }) => text).toSorted())

/** What every store of memories does, and of where dialogs are in tasks. */
export const memoriesContract = <E>(
  name: string,
  store: Layer.Layer<DialogStore | Contacts | Memories | TaskProgresses, E>
): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Memories (${name})`, (it) => {
    it.effect("keeps what it is told, newest first, page by page, and what it is told again once", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const { add } = yield* Memories
        const { contactId, messageId } = yield* newContact(workspaceId)
        const said = "it's “vegan” \\ 👋"
        const first = yield* add(workspaceId, contactId, yield* fact(said))
        assert.deepStrictEqual([first.contactId, first.text, first.sourceMessageId], [contactId, said, null])
        yield* Effect.forEach(["b", "c", "d"], (text) =>
          Effect.flatMap(fact(text), (f) => add(workspaceId, contactId, f))
        )
        const again = yield* add(workspaceId, contactId, yield* fact(said.toUpperCase(), messageId))
        assert.deepStrictEqual(again, { ...first, sourceMessageId: messageId, updatedAt: again.updatedAt })
        const all = yield* listed(workspaceId, contactId)
        assert.deepStrictEqual(new Set(all.map(({ text }) => text)), new Set(["d", "c", "b", said]))
        const page = yield* listed(workspaceId, contactId, null, 2)
        const rest = yield* listed(workspaceId, contactId, page.at(-1) ?? null)
        assert.deepStrictEqual([...page, ...rest], all)
      })
    )

    it.effect("changes and removes a memory of its contact alone", () =>
      Effect.gen(function* () {
        const [{ workspaceId }, other] = [yield* newWorkspace, yield* newWorkspace]
        const { add, remove, update } = yield* Memories
        const [one, two] = [yield* newContact(workspaceId), yield* newContact(workspaceId)]
        const { id } = yield* add(workspaceId, one.contactId, yield* fact("has a dog"))
        const gone = new MemoryNotFound({ memoryId: id })
        for (const [workspace, contact] of [
          [workspaceId, two.contactId],
          [other.workspaceId, one.contactId]
        ] as const) {
          assert.deepStrictEqual(yield* Effect.flip(update(workspace, contact, id, "x")), gone)
          assert.deepStrictEqual(yield* Effect.flip(remove(workspace, contact, id)), gone)
          assert.deepStrictEqual(yield* listed(workspace, contact), [])
        }
        assert.strictEqual((yield* update(workspaceId, one.contactId, id, "has a cat")).text, "has a cat")
        assert.deepStrictEqual(yield* textsOf(workspaceId, one.contactId), ["has a cat"])
        yield* remove(workspaceId, one.contactId, id)
        assert.deepStrictEqual(yield* Effect.flip(remove(workspaceId, one.contactId, id)), gone)
        const stranger = add(other.workspaceId, one.contactId, yield* fact("x"))
        assert.deepStrictEqual(yield* Effect.flip(stranger), new ContactNotFound({ contactId: one.contactId }))
      })
    )

    it.effect("a turn's end keeps what its message told, of a contact that was merged meanwhile too", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const { add } = yield* Memories
        const [turn, into] = [yield* newContact(workspaceId), yield* newContact(workspaceId)]
        yield* add(workspaceId, turn.contactId, yield* fact("lives in Berlin"))
        yield* (yield* Contacts).merge({ workspaceId, from: turn.contactId, into: into.contactId })
        const [{ id, text }, other] = [yield* fact("is vegan"), yield* fact("Is Vegan")]
        const facts = [
          { id, text },
          { id: other.id, text: other.text }
        ]
        yield* (yield* Turns).end(turn, completed([], [{ _tag: "Remember", facts }]))
        assert.deepStrictEqual(yield* textsOf(workspaceId, into.contactId), ["is vegan", "lives in Berlin"])
        assert.deepStrictEqual(yield* listed(workspaceId, turn.contactId), yield* listed(workspaceId, into.contactId))
        const vegan = (yield* listed(workspaceId, into.contactId)).find((memory) => memory.text === "is vegan")
        assert.deepStrictEqual([vegan?.sourceMessageId, vegan?.contactId], [turn.messageId, into.contactId])
      })
    )

    it.effect("a dialog is read for facts once, and what they replace goes", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const { add, distilled, readThrough } = yield* Memories
        const { contactId, dialogId } = yield* newContact(workspaceId)
        const old = yield* add(workspaceId, contactId, yield* fact("wears M"))
        assert.strictEqual(yield* readThrough(workspaceId, dialogId), 0)
        const read = { workspaceId, dialogId, from: 0, through: 4, facts: [yield* fact("wears L")], replaced: [old.id] }
        assert.isTrue(yield* distilled(read))
        assert.strictEqual(yield* readThrough(workspaceId, dialogId), 4)
        assert.isFalse(yield* distilled({ ...read, through: 6, facts: [yield* fact("wears S")], replaced: [] }))
        assert.deepStrictEqual(yield* textsOf(workspaceId, contactId), ["wears L"])
        assert.isTrue(yield* distilled({ ...read, from: 4, through: 6, facts: [], replaced: [] }))
      })
    )

    it.effect("keeps so many and no more: the oldest goes", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const { add, distilled } = yield* Memories
        const { contactId, dialogId } = yield* newContact(workspaceId)
        yield* add(workspaceId, contactId, yield* fact("the oldest"))
        const facts = yield* Effect.forEach(Arr.range(1, MOST_MEMORIES - 1), (n) => fact(`fact ${n}`))
        yield* distilled({ workspaceId, dialogId, from: 0, through: 1, facts, replaced: [] })
        assert.include(yield* textsOf(workspaceId, contactId), "the oldest")
        yield* add(workspaceId, contactId, yield* fact("one more"))
        const texts = yield* textsOf(workspaceId, contactId)
        assert.strictEqual(texts.length, MOST_MEMORIES)
        assert.include(texts, "one more")
        assert.notInclude(texts, "the oldest")
      })
    )

    it.effect("a turn's end moves the dialog on in a task, and out of it", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const { find } = yield* TaskProgresses
        const { end } = yield* Turns
        const first = yield* acceptLeased(workspaceId, LONG_MS)
        const { dialogId } = first
        assert.isNull(yield* find(workspaceId, dialogId))
        const progress = { task: "refund", details: { order_number: 'it\'s "A\\1"' }, asking: "email", tries: 1 }
        yield* end(first, completed([], [{ _tag: "TaskProgress", progress }]))
        assert.deepStrictEqual(yield* find(workspaceId, dialogId), progress)
        assert.isNull(yield* find((yield* newWorkspace).workspaceId, dialogId))
        const second = yield* acceptLeased(workspaceId, LONG_MS, { dialogId })
        yield* end(second, completed([], [{ _tag: "TaskProgress", progress: { ...progress, asking: null, tries: 0 } }]))
        assert.deepStrictEqual(yield* find(workspaceId, dialogId), { ...progress, asking: null, tries: 0 })
        const third = yield* acceptLeased(workspaceId, LONG_MS, { dialogId })
        yield* end(third, completed([], [{ _tag: "TaskProgress", progress: null }]))
        assert.isNull(yield* find(workspaceId, dialogId))
      })
    )
  })
