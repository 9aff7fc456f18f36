import { assert, describe, it } from "@effect/vitest"
import { isUnavailable, SqlFailure } from "../../src/index.ts"
import { sqlFailure } from "../../src/database/SqlFailure.ts"

const error = (fields: object): Error => Object.assign(new Error("it broke"), fields)

describe("sqlFailure", () => {
  const cases: ReadonlyArray<readonly [cause: unknown, reason: SqlFailure["reason"], constraint?: string]> = [
    [error({ code: "23505", constraint_name: "contact_key" }), "constraint", "contact_key"],
    [error({ code: "23505", constraint: "contact_key" }), "constraint", "contact_key"],
    [error({ code: "23502" }), "statement"],
    [error({ code: "40001" }), "conflict"],
    [error({ code: "40P01" }), "conflict"],
    [error({ code: "57P03" }), "unavailable"],
    [error({ code: "08006" }), "unavailable"],
    [error({ code: "53300" }), "unavailable"],
    [error({ code: "ECONNREFUSED" }), "unavailable"],
    [error({ code: "CONNECTION_CLOSED" }), "unavailable"],
    [error({ code: "42601" }), "statement"],
    ["thrown text", "statement"],
    [undefined, "statement"]
  ]
  for (const [cause, reason, constraint] of cases) {
    it(`${cause instanceof Error ? JSON.stringify(cause) : String(cause)} is ${reason}`, () => {
      const failure = sqlFailure("dialog.find")(cause)
      assert.deepStrictEqual([failure.reason, failure.constraint], [reason, constraint])
      assert.strictEqual(isUnavailable(failure), reason === "unavailable")
      assert.include(failure.message, "dialog.find")
    })
  }
})
