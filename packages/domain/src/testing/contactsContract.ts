import { assert, layer } from "@effect/vitest"
import { Array as Arr, Effect, type Layer, Option } from "effect"
import { type Contact, ContactConflict, ContactNotFound } from "../contact/Contact.ts"
import { type ContactQuery, Contacts } from "../contact/Contacts.ts"
import { DialogContactMismatch } from "../dialog/Dialog.ts"
import { Ids } from "../ids/Ids.ts"
import { type DialogId, UserId, type WorkspaceId } from "../ids/brands.ts"
import { acceptTurn } from "../turn/acceptTurn.ts"
import { Turns } from "../turn/Turns.ts"
import {
  acceptLeased,
  command,
  completed,
  dialogsIn,
  type DialogStore,
  getTurn,
  LONG_MS,
  newWorkspace
} from "./fixtures.ts"

const [ada, grace] = [UserId.make("ada"), UserId.make("grace")]

/** A new contact with a dialog of its own. */
const newContact = Effect.fnUntraced(function* (workspaceId: WorkspaceId, userId: UserId | null = null) {
  const { dialogId, turnId } = yield* acceptTurn(command(workspaceId, { userId }))
  const { contactId } = yield* getTurn(workspaceId, turnId)
  return { contactId, dialogId }
})

const contactsIn = Effect.fnUntraced(function* (workspaceId: WorkspaceId, query: Partial<ContactQuery> = {}) {
  return yield* (yield* Contacts).list({ workspaceId, userId: null, after: null, limit: 1000, ...query })
})

const contactOf = Effect.fnUntraced(function* (workspaceId: WorkspaceId, contactId: Contact["id"]) {
  return yield* (yield* Contacts).find(workspaceId, contactId).pipe(Effect.flatMap(Effect.fromOption))
})

const owners = Effect.fnUntraced(function* (workspaceId: WorkspaceId, dialogIds: ReadonlyArray<DialogId>) {
  const dialogs = yield* dialogsIn(workspaceId)
  return dialogIds.map((id) => {
    const dialog = dialogs.find((candidate) => candidate.id === id)
    return [dialog?.contactId, dialog?.userId]
  })
})

/** Its dialog is the latest of all that it has; several may be of one moment. */
const isInLatest = Effect.fnUntraced(function* (workspaceId: WorkspaceId, { activeDialogId, id }: Contact) {
  const dialogs = yield* dialogsIn(workspaceId, { contactId: id })
  const times = dialogs.map(({ lastActiveAt }) => lastActiveAt.getTime())
  const active = dialogs.find((dialog) => dialog.id === activeDialogId)
  assert.strictEqual(active?.lastActiveAt.getTime(), Math.max(...times))
})

const telling = (details: Readonly<Record<string, string>>) => completed([], [{ _tag: "ContactDetails", details }])

/** What every store of contacts does. */
export const contactsContract = <E>(name: string, store: Layer.Layer<DialogStore | Contacts, E>): void =>
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`Contacts (${name})`, (it) => {
    it.effect("are listed newest first, page by page, or by userId", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const made = yield* Effect.forEach(Arr.range(1, 5), (n) => newContact(workspaceId, UserId.make(`user ${n}`)))
        const all = yield* contactsIn(workspaceId)
        assert.sameMembers(
          all.map(({ id }) => id),
          made.map(({ contactId }) => contactId)
        )
        const pages: Array<Contact> = []
        for (let after: Contact | null = null; ;) {
          const page: ReadonlyArray<Contact> = yield* contactsIn(workspaceId, { after, limit: 2 })
          pages.push(...page)
          after = page.at(-1) ?? null
          if (after === null) break
        }
        assert.deepStrictEqual(pages, [...all])
        const [third] = yield* contactsIn(workspaceId, { userId: UserId.make("user 3") })
        assert.deepStrictEqual([third?.id, third?.activeDialogId], [made[2]?.contactId, made[2]?.dialogId])
        assert.deepStrictEqual(yield* contactsIn(workspaceId, { userId: ada }), [])
      })
    )

    it.effect("an anonymous contact is identified: its dialog is the user's from then on", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const { contactId, dialogId } = yield* newContact(workspaceId)
        const named = command(workspaceId, { userId: ada, dialogId })
        assert.instanceOf(yield* Effect.flip(acceptTurn(named)), DialogContactMismatch)
        const request = { workspaceId, contactId, userId: ada, merge: false }
        const known = yield* (yield* Contacts).identify(request)
        assert.include(known, { id: contactId, userId: ada, activeDialogId: dialogId })
        assert.deepStrictEqual(yield* (yield* Contacts).identify(request), known)
        assert.deepStrictEqual(yield* contactOf(workspaceId, contactId), known)
        assert.deepStrictEqual(yield* owners(workspaceId, [dialogId]), [[contactId, ada]])
        assert.strictEqual((yield* acceptTurn(named)).dialogId, dialogId)
        assert.strictEqual((yield* acceptTurn(command(workspaceId, { userId: ada }))).dialogId, dialogId)
      })
    )

    it.effect("a userId is never replaced, and never taken from another contact", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const contacts = yield* Contacts
        const known = yield* newContact(workspaceId, ada)
        const anonymous = yield* newContact(workspaceId)
        const before = yield* contactsIn(workspaceId)
        const { contactId } = anonymous
        assert.deepStrictEqual(
          yield* Effect.flip(contacts.identify({ workspaceId, contactId, userId: ada, merge: false })),
          new ContactConflict({ contactId: known.contactId, reason: "user-taken" })
        )
        for (const merge of [false, true]) {
          assert.deepStrictEqual(
            yield* Effect.flip(contacts.identify({ workspaceId, contactId: known.contactId, userId: grace, merge })),
            new ContactConflict({ contactId: known.contactId, reason: "other-user" })
          )
        }
        assert.deepStrictEqual(yield* contactsIn(workspaceId), before)
      })
    )

    it.effect("with merge an anonymous contact goes into the one that has the userId", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const contacts = yield* Contacts
        const known = yield* newContact(workspaceId, ada)
        const { contactId, dialogId } = yield* newContact(workspaceId)
        const merged = yield* contacts.identify({ workspaceId, contactId, userId: ada, merge: true })
        assert.include(merged, { id: known.contactId, userId: ada })
        yield* isInLatest(workspaceId, merged)
        assert.deepStrictEqual(yield* contactOf(workspaceId, contactId), merged)
        assert.deepStrictEqual(yield* contactsIn(workspaceId), [merged])
        const owner = [known.contactId, ada]
        assert.deepStrictEqual(yield* owners(workspaceId, [dialogId, known.dialogId]), [owner, owner])
        assert.deepStrictEqual(yield* contacts.identify({ workspaceId, contactId, userId: ada, merge: false }), merged)
      })
    )

    it.effect("merged contacts answer to all their ids, also when the one they became is merged in turn", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const contacts = yield* Contacts
        const [a, b, c] = [
          yield* newContact(workspaceId, ada),
          yield* newContact(workspaceId),
          yield* newContact(workspaceId)
        ]
        const ab = yield* contacts.merge({ workspaceId, from: a.contactId, into: b.contactId })
        assert.include(ab, { id: b.contactId, userId: ada })
        const abc = yield* contacts.merge({ workspaceId, from: a.contactId, into: c.contactId })
        assert.include(abc, { id: c.contactId, userId: ada })
        yield* isInLatest(workspaceId, abc)
        for (const { contactId } of [a, b, c]) {
          assert.deepStrictEqual(yield* contactOf(workspaceId, contactId), abc)
          assert.strictEqual((yield* dialogsIn(workspaceId, { contactId })).length, 3)
        }
        assert.deepStrictEqual(yield* contactsIn(workspaceId), [abc])
        assert.deepStrictEqual(yield* contacts.merge({ workspaceId, from: b.contactId, into: a.contactId }), abc)
        const dialogIds = [a, b, c].map(({ dialogId }) => dialogId)
        const owner = [c.contactId, ada]
        assert.deepStrictEqual(yield* owners(workspaceId, dialogIds), [owner, owner, owner])
        const { dialogId } = yield* acceptTurn(command(workspaceId, { userId: ada, dialogId: a.dialogId }))
        assert.strictEqual(dialogId, a.dialogId)
        assert.strictEqual((yield* contactOf(workspaceId, a.contactId)).activeDialogId, a.dialogId)
      })
    )

    it.effect("two contacts that carry different userIds stay two", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const [a, b] = [yield* newContact(workspaceId, ada), yield* newContact(workspaceId, grace)]
        const before = yield* contactsIn(workspaceId)
        const merge = (yield* Contacts).merge({ workspaceId, from: a.contactId, into: b.contactId })
        const conflict = new ContactConflict({ contactId: b.contactId, reason: "other-user" })
        assert.deepStrictEqual(yield* Effect.flip(merge), conflict)
        assert.deepStrictEqual(yield* contactsIn(workspaceId), before)
      })
    )

    it.effect("identified and written to at the same moment, there is one contact of the user", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const contacts = yield* Contacts
        const all = yield* Effect.forEach(Arr.range(1, 4), () => newContact(workspaceId))
        const identify = all.map(({ contactId }) =>
          Effect.asVoid(contacts.identify({ workspaceId, contactId, userId: ada, merge: true }))
        )
        const inside = all.map(({ dialogId }) => Effect.asVoid(acceptTurn(command(workspaceId, { dialogId }))))
        const first = Arr.replicate(Effect.asVoid(acceptTurn(command(workspaceId, { userId: ada }))), 4)
        yield* Effect.all([...first, ...identify, ...inside, ...first], { concurrency: "unbounded" })
        const left = yield* contactsIn(workspaceId)
        assert.deepStrictEqual(
          left.map(({ userId }) => userId),
          [ada]
        )
        for (const { contactId } of all) assert.deepStrictEqual([yield* contactOf(workspaceId, contactId)], left)
        const dialogs = yield* dialogsIn(workspaceId)
        assert.isTrue(dialogs.every(({ contactId }) => contactId === left[0]?.id))
        assert.strictEqual(
          dialogs.reduce((sum, { messageCount }) => sum + messageCount, 0),
          16
        )
      })
    )

    it.effect(
      "what a contact tells of itself is added to what it has told before, also when it was merged meanwhile",
      () =>
        Effect.gen(function* () {
          const { workspaceId } = yield* newWorkspace
          const contacts = yield* Contacts
          const first = yield* acceptLeased(workspaceId, LONG_MS)
          const { contactId, dialogId } = first
          yield* (yield* Turns).end(first, telling({ email: "a@example.com", name: "it's “Ada” \\" }))
          const second = yield* acceptLeased(workspaceId, LONG_MS, { dialogId })
          const other = yield* acceptLeased(workspaceId, LONG_MS)
          yield* (yield* Turns).end(other, telling({ phone: "+1", email: "other@example.com" }))
          yield* contacts.merge({ workspaceId, from: contactId, into: other.contactId })
          yield* (yield* Turns).end(second, telling({ phone: "+2" }))
          const { details } = yield* contacts.find(workspaceId, contactId).pipe(Effect.flatMap(Effect.fromOption))
          assert.deepStrictEqual(details, { email: "other@example.com", name: "it's “Ada” \\", phone: "+2" })
        })
    )

    it.effect("a contact that does not exist, or is another workspace's, is not found", () =>
      Effect.gen(function* () {
        const [mine, theirs] = [yield* newWorkspace, yield* newWorkspace]
        const contacts = yield* Contacts
        const { workspaceId } = mine
        const own = yield* newContact(workspaceId)
        const other = yield* newContact(theirs.workspaceId, ada)
        for (const contactId of [other.contactId, yield* (yield* Ids).contactId]) {
          const missing = new ContactNotFound({ contactId })
          assert.isTrue(Option.isNone(yield* contacts.find(workspaceId, contactId)))
          const refused = [
            contacts.identify({ workspaceId, contactId, userId: grace, merge: true }),
            contacts.merge({ workspaceId, from: contactId, into: own.contactId }),
            contacts.merge({ workspaceId, from: own.contactId, into: contactId })
          ]
          for (const attempt of refused) assert.deepStrictEqual(yield* Effect.flip(attempt), missing)
        }
        const known = yield* contacts.identify({ workspaceId, contactId: own.contactId, userId: ada, merge: false })
        assert.include(known, { id: own.contactId, userId: ada })
      })
    )
  })
