import { ALL_SCOPES, ApiKeyId, isUsable, parseApiKey, WORKSPACE_SCOPES } from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"

const id = "0123456789abcdef"
const secret = "AZaz09-_".repeat(6).slice(0, 43)

describe("parseApiKey", () => {
  it("takes the two halves apart, an underscore in the secret included", () => {
    assert.deepStrictEqual(parseApiKey(`bk_${id}_${secret}`), { id: ApiKeyId.make(id), secret })
  })

  it.each([
    "",
    "bk_",
    `${id}_${secret}`,
    `BK_${id}_${secret}`,
    `bk_${id}${secret}`,
    `bk_${id.toUpperCase()}_${secret}`,
    `bk_${id.slice(1)}_${secret}`,
    `bk_${id}0_${secret}`,
    `bk_${id}_${secret.slice(1)}`,
    `bk_${id}_${secret}A`,
    `bk_${id}_${secret.slice(1)}=`,
    `bk_${id}_${secret}\n`,
    ` bk_${id}_${secret}`,
    `Bearer bk_${id}_${secret}`
  ])("refuses %j", (text) => {
    assert.strictEqual(parseApiKey(text), null)
  })
})

const at = (millis: number) => new Date(millis)

describe("isUsable", () => {
  it.each([
    [true, { expiresAt: null, revokedAt: null }],
    [true, { expiresAt: at(1001), revokedAt: null }],
    [false, { expiresAt: at(1000), revokedAt: null }],
    [false, { expiresAt: null, revokedAt: at(2000) }],
    [false, { expiresAt: at(1001), revokedAt: at(1) }]
  ])("%s at 1000 ms for %j", (usable, key) => {
    assert.strictEqual(isUsable(key, 1000), usable)
  })
})

it("a workspace's own keys make no workspaces", () => {
  const more = ALL_SCOPES.filter((scope) => !WORKSPACE_SCOPES.includes(scope))
  assert.deepStrictEqual(more, ["workspaces:write"])
})
