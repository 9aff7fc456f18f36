import {
  AgentId,
  ContactId,
  DialogId,
  resolve,
  type ResolutionFacts,
  type ResolutionRequest,
  UserId
} from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"

const userId = UserId.make("ada")
const contactId = ContactId.make("1")
const otherId = ContactId.make("2")
const dialogId = DialogId.make("dlg_named")
const activeDialogId = DialogId.make("dlg_active")

interface Case {
  readonly request: ResolutionRequest
  readonly facts: ResolutionFacts
}

const contact = { id: contactId, activeDialogId }
const agentId = AgentId.make("3")
const ofContact = { id: dialogId, contactId, agentId }
const ofOther = { id: dialogId, contactId: otherId, agentId }

/** What becomes of the case, in one line. */
const outcome = ({ facts, request }: Case): string => {
  const result = resolve(request, facts)
  if (Result.isFailure(result)) return result.failure._tag
  const { _tag, dialogId: dialog, ...of } = result.success
  const whose = "contactId" in of ? `of ${of.contactId}` : `named ${of.userId}`
  return `${_tag} ${dialog ?? "(new id)"} ${whose}`
}

const refusing = { ifMissing: "error" } as const
const creating = { ifMissing: "create" } as const
const none = { contact: null, dialog: null }

describe("the table of contact and dialog, row by row", () => {
  const set = { userId, dialogId }
  const rows: ReadonlyArray<readonly [row: string, request: ResolutionRequest, facts: ResolutionFacts, is: string]> = [
    [
      "user known, dialog theirs",
      { ...set, ...refusing },
      { contact, dialog: ofContact },
      "ExistingDialog dlg_named of 1"
    ],
    [
      "another agent's dialog",
      { ...set, ...creating, dialogsOf: AgentId.make("4") },
      { contact, dialog: ofContact },
      "DialogNotFound"
    ],
    ["user known, dialog another's", { ...set, ...refusing }, { contact, dialog: ofOther }, "DialogContactMismatch"],
    ["user unknown, dialog set", { ...set, ...refusing }, { contact: null, dialog: ofOther }, "DialogContactMismatch"],
    [
      "user known, no dialog named",
      { userId, dialogId: null, ...refusing },
      { contact, dialog: null },
      "ExistingDialog dlg_active of 1"
    ],
    [
      "user known who has no dialog",
      { userId, dialogId: null, ...refusing },
      { contact: { ...contact, activeDialogId: null }, dialog: null },
      "NewDialog (new id) of 1"
    ],
    ["user unknown, no dialog named", { userId, dialogId: null, ...refusing }, none, "NewContact (new id) named ada"],
    [
      "dialog alone",
      { userId: null, dialogId, ...refusing },
      { contact: null, dialog: ofOther },
      "ExistingDialog dlg_named of 2"
    ],
    ["nothing named", { userId: null, dialogId: null, ...refusing }, none, "NewContact (new id) named null"],
    ["dialog unknown", { userId: null, dialogId, ...refusing }, none, "DialogNotFound"],
    ["dialog unknown, user known", { ...set, ...refusing }, { contact, dialog: null }, "DialogNotFound"],
    ["dialog unknown, user unknown", { ...set, ...refusing }, none, "DialogNotFound"],
    ["made for a known user", { ...set, ...creating }, { contact, dialog: null }, "NewDialog dlg_named of 1"],
    ["made for a new user", { ...set, ...creating }, none, "NewContact dlg_named named ada"],
    ["made for nobody", { userId: null, dialogId, ...creating }, none, "NewContact dlg_named named null"],
    [
      "nothing to make, it exists",
      { ...set, ...creating },
      { contact, dialog: ofContact },
      "ExistingDialog dlg_named of 1"
    ],
    [
      "making does not override a mismatch",
      { ...set, ...creating },
      { contact, dialog: ofOther },
      "DialogContactMismatch"
    ]
  ]
  it.each(rows)("%s", (_row, request, facts, expected) => {
    assert.strictEqual(outcome({ request, facts }), expected)
  })
})

const both = [true, false]

/** Every combination of what can be named and known, each once. */
const every: ReadonlyArray<Case> = both.flatMap((namesUser) =>
  both.flatMap((namesDialog) =>
    both.flatMap((creates) =>
      [null, { id: contactId, activeDialogId: null }, contact, { id: contactId, activeDialogId: dialogId }].flatMap(
        (known) =>
          [null, ofContact, ofOther].map((dialog) => ({
            request: {
              userId: namesUser ? userId : null,
              dialogId: namesDialog ? dialogId : null,
              ifMissing: creates ? ("create" as const) : ("error" as const)
            },
            facts: { contact: known, dialog }
          }))
      )
    )
  )
)

type Outcome = ReturnType<typeof resolve>

const holds = (rule: string, check: (given: Case, result: Outcome, label: string) => void): void =>
  it(rule, () => {
    for (const given of every) check(given, resolve(given.request, given.facts), JSON.stringify(given))
  })

describe("every combination of names and facts", () => {
  holds("is decided by itself alone", ({ facts, request }, result, label) => {
    assert.deepStrictEqual(resolve(request, facts), result, label)
  })

  holds("is refused only for a missing dialog or one of another contact", ({ facts, request }, result, label) => {
    const missing = request.dialogId !== null && facts.dialog === null && request.ifMissing === "error"
    const stranger = request.userId !== null && facts.dialog?.contactId !== facts.contact?.id
    const mismatch = request.dialogId !== null && facts.dialog !== null && stranger
    const refusal = missing ? "DialogNotFound" : mismatch ? "DialogContactMismatch" : null
    assert.strictEqual(Result.isFailure(result) ? result.failure._tag : null, refusal, label)
  })

  holds("keeps to the names of the request", ({ facts, request }, result, label) => {
    if (Result.isFailure(result)) return
    const { success } = result
    if (request.dialogId !== null) assert.strictEqual(success.dialogId, request.dialogId, label)
    if (success._tag === "NewContact") assert.strictEqual(success.userId, request.userId, label)
    else if (request.userId !== null) assert.strictEqual(success.contactId, facts.contact?.id, label)
  })

  holds("uses a dialog for its owner only, and makes nothing that is there", ({ facts, request }, result, label) => {
    if (Result.isFailure(result)) return
    const { success } = result
    if (success._tag === "NewContact") {
      assert.isTrue(request.userId === null || facts.contact === null, label)
    } else if (success._tag === "NewDialog") {
      assert.isTrue(request.dialogId === null || facts.dialog === null, label)
    } else {
      const owner = request.dialogId === null ? facts.contact?.id : facts.dialog?.contactId
      assert.strictEqual(success.contactId, owner, label)
      assert.strictEqual(success.dialogId, request.dialogId ?? facts.contact?.activeDialogId, label)
    }
  })
})
