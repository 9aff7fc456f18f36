import { InvalidTransition, isEnded, transition, TurnStatus } from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"

const allowed = new Set([
  "queued → running",
  "queued → cancelled",
  "queued → superseded",
  "queued → coalesced",
  "running → running",
  "running → queued",
  "running → completed",
  "running → failed",
  "running → cancelled",
  "running → superseded"
])

const pairs = TurnStatus.literals.flatMap((from) => TurnStatus.literals.map((to) => ({ from, to })))

describe("transition", () => {
  it.each(pairs)("$from → $to", ({ from, to }) => {
    const expected = allowed.has(`${from} → ${to}`)
      ? Result.succeed(to)
      : Result.fail(new InvalidTransition({ from, to }))
    assert.deepStrictEqual(transition(from, to), expected)
  })
})

it("every status but queued and running is an end, and final", () => {
  const open = TurnStatus.literals.filter((status) => !isEnded(status))
  assert.deepStrictEqual(open, ["queued", "running"])
})
