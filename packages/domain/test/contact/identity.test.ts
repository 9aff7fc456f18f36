import { type ContactConflict, ContactId, type IdentityPlan, planIdentify, planMerge, UserId } from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"

const [ada, grace] = [UserId.make("ada"), UserId.make("grace")]
const contact = (id: string, userId: UserId | null) => ({ id: ContactId.make(id), userId })

type Outcome = IdentityPlan | ContactConflict["reason"]

const outcomeOf = (plan: Result.Result<IdentityPlan, ContactConflict>): Outcome =>
  Result.match(plan, { onFailure: ({ reason }) => reason, onSuccess: (made) => made })

const merged = (from: string, into: string, userId: UserId | null): Outcome => ({
  _tag: "Merge",
  from: ContactId.make(from),
  into: ContactId.make(into),
  userId
})

describe("planIdentify", () => {
  it.each<[string, UserId | null, string | null, boolean, Outcome]>([
    ["an anonymous contact, a free userId", null, null, false, { _tag: "Attach", userId: ada }],
    ["the same, with merge", null, null, true, { _tag: "Attach", userId: ada }],
    ["a userId that another contact has", null, "2", false, "user-taken"],
    ["the same, with merge: the one that has it stays", null, "2", true, merged("1", "2", ada)],
    ["the userId it has already", ada, "1", false, { _tag: "Unchanged" }],
    ["another userId than it has", grace, null, false, "other-user"],
    ["the same, with merge", grace, null, true, "other-user"],
    ["another userId than it has, which another contact has", grace, "2", true, "other-user"]
  ])("%s", (_, userId, holder, merge, expected) => {
    const plan = planIdentify(
      { userId: ada, merge },
      contact("1", userId),
      holder === null ? null : contact(holder, ada)
    )
    assert.deepStrictEqual(outcomeOf(plan), expected)
  })
})

describe("planMerge", () => {
  it.each<[string, UserId | null, UserId | null, Outcome]>([
    ["two anonymous ones", null, null, merged("1", "2", null)],
    ["an anonymous one into a known one", null, ada, merged("1", "2", ada)],
    ["a known one into an anonymous one", ada, null, merged("1", "2", ada)],
    ["two known ones", ada, grace, "other-user"]
  ])("%s", (_, from, into, expected) => {
    assert.deepStrictEqual(outcomeOf(planMerge(contact("1", from), contact("2", into))), expected)
  })

  it("a contact into itself changes nothing", () => {
    assert.deepStrictEqual(outcomeOf(planMerge(contact("1", ada), contact("1", ada))), { _tag: "Unchanged" })
  })
})
