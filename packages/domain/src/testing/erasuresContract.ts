import { assert, layer } from "@effect/vitest"
import { Effect, type Layer, Option } from "effect"
import { ContactNotFound } from "../contact/Contact.ts"
import { Contacts } from "../contact/Contacts.ts"
import { Erasures } from "../contact/Erasures.ts"
import { Dialogs } from "../dialog/Dialogs.ts"
import { Ids } from "../ids/Ids.ts"
import { UserId, type WorkspaceId } from "../ids/brands.ts"
import { Memories } from "../recall/Memories.ts"
import { acceptTurn } from "../turn/acceptTurn.ts"
import { LeaseLost, Turns } from "../turn/Turns.ts"
import {
  acceptLeased,
  command,
  completed,
  dialogsIn,
  type DialogStore,
  LONG_MS,
  messagesOf,
  newReply,
  newWorkspace
} from "./fixtures.ts"

const ada = UserId.make("ada")

/** A user of two dialogs, a memory and an idempotency key; in the second dialog a turn runs and another waits. */
const storied = Effect.fnUntraced(function* (workspaceId: WorkspaceId, userId: UserId | null) {
  const { end } = yield* Turns
  const idempotency = { route: "test", key: `${userId}`, fingerprint: "f" }
  const done = yield* acceptLeased(workspaceId, LONG_MS, { userId, idempotency })
  yield* end(done, completed([yield* newReply("There you are.")]))
  const { dialogId } = yield* (yield* Ids).dialogSeed.pipe(Effect.map(({ id }) => ({ dialogId: id })))
  const again = { userId, dialogId, ifMissing: "create" } as const
  const running = yield* acceptLeased(workspaceId, LONG_MS, again)
  const waiting = yield* acceptTurn(command(workspaceId, again))
  const memory = { id: yield* (yield* Ids).memoryId, text: "has a dog", sourceMessageId: null }
  yield* (yield* Memories).add(workspaceId, done.contactId, memory)
  return { contactId: done.contactId, done, running, waiting }
})

/** What every store does when a contact is erased. */
export const erasuresContract = <E>(
  name: string,
  store: Layer.Layer<DialogStore | Contacts | Erasures | Memories, E>
): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Erasures (${name})`, (it) => {
    it.effect("erases a contact with all that is kept of it, and nothing of others", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const { erase } = yield* Erasures
        const [gone, other] = [yield* storied(workspaceId, ada), yield* storied(workspaceId, UserId.make("grace"))]
        const { report, stopped } = yield* erase(workspaceId, gone.contactId)
        const { contacts, dialogs, idempotencyKeys, memories, messages, turns } = report
        assert.deepStrictEqual([contacts, dialogs, messages, turns], [1, 2, 4, 3])
        assert.deepStrictEqual([idempotencyKeys, memories], [1, 1])
        assert.sameMembers([...stopped], [gone.running.id, gone.waiting.turnId])
        assert.isTrue(Option.isNone(yield* (yield* Contacts).find(workspaceId, gone.contactId)))
        for (const { dialogId } of [gone.done, gone.running]) {
          assert.isTrue(Option.isNone(yield* (yield* Dialogs).find(workspaceId, dialogId)))
          assert.deepStrictEqual(yield* messagesOf(workspaceId, dialogId), [])
        }
        const { end, find } = yield* Turns
        assert.isTrue(Option.isNone(yield* find(workspaceId, gone.done.id)))
        const late = end(gone.running, completed([yield* newReply("late")]))
        assert.deepStrictEqual(yield* Effect.flip(late), new LeaseLost({ turnId: gone.running.id }))
        assert.strictEqual((yield* dialogsIn(workspaceId)).length, 2)
        yield* end(other.running, completed([yield* newReply("in time")]))
        assert.deepStrictEqual(yield* Effect.flip(erase(workspaceId, gone.contactId)), notFound(gone.contactId))
      })
    )

    it.effect("erases those that were merged into it, whichever is named; the user begins anew", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const [anonymous, known] = [yield* storied(workspaceId, null), yield* storied(workspaceId, ada)]
        yield* (yield* Contacts).merge({ workspaceId, from: anonymous.contactId, into: known.contactId })
        const { report } = yield* (yield* Erasures).erase(workspaceId, anonymous.contactId)
        assert.deepStrictEqual([report.contacts, report.turns], [2, 4])
        for (const id of [anonymous.contactId, known.contactId])
          assert.deepStrictEqual(yield* Effect.flip((yield* Erasures).erase(workspaceId, id)), notFound(id))
        const next = yield* acceptTurn(command(workspaceId, { userId: ada }))
        const [dialog] = yield* dialogsIn(workspaceId, { userId: ada })
        assert.strictEqual(dialog?.id, next.dialogId)
        assert.notStrictEqual(dialog?.contactId, known.contactId)
        assert.strictEqual((yield* messagesOf(workspaceId, next.dialogId)).length, 1)
      })
    )

    it.effect("another workspace's contact is not found", () =>
      Effect.gen(function* () {
        const [mine, theirs] = [yield* newWorkspace, yield* newWorkspace]
        const { contactId } = yield* storied(theirs.workspaceId, ada)
        const refused = yield* Effect.flip((yield* Erasures).erase(mine.workspaceId, contactId))
        assert.deepStrictEqual(refused, notFound(contactId))
        assert.isTrue(Option.isSome(yield* (yield* Contacts).find(theirs.workspaceId, contactId)))
      })
    )
  })

const notFound = (contactId: ContactNotFound["contactId"]) => new ContactNotFound({ contactId })
