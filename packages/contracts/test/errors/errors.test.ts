import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import {
  ButlerError,
  butlerError,
  butlerErrorTypes,
  localeOf,
  Problem,
  problem,
  problemCodes,
  statusOf
} from "../../src/index.ts"

const requestId = "03703d30-50f2-4103-bdb6-8aa331f36cc5"
const issues = [{ path: "query", message: "is required" }]

describe("localeOf", () => {
  it.each<[string | undefined, string]>([
    [undefined, "en"],
    ["", "en"],
    ["*", "en"],
    ["fr-FR,fr;q=0.9", "en"],
    ["zh", "zh"],
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
    ["ZH-Hant-TW", "zh"],
    ["en-US,en;q=0.9,zh-CN;q=0.8", "en"],
    ["fr, en;q=0.4, zh;q=0.5", "zh"],
    ["zh;q=0, en;q=0.1", "en"],
    ["zh;q=abc", "en"],
    ["zhuang", "en"]
  ])("%s is %s", (header, locale) => assert.strictEqual(localeOf(header), locale))
})

describe("the butler face", () => {
  it.each(butlerErrorTypes)("says %s in its envelope, in both languages", (type) => {
    const en = butlerError(type, { requestId, locale: "en" })
    const zh = butlerError(type, { requestId, locale: "zh", detail: "because", issues })
    assert.deepStrictEqual(Schema.decodeSync(ButlerError)(zh), zh)
    assert.strictEqual(en.code, statusOf(type))
    assert.deepStrictEqual(Object.keys(en), ["code", "message", "data", "error", "requestId"])
    assert.deepStrictEqual(en.error, { type, detail: en.message })
    assert.deepStrictEqual(zh.error, { type, detail: "because", issues })
    assert.match(en.message, /^[\x20-\x7e]+$/)
    assert.match(zh.message, /\p{Script=Han}/u)
  })

  it("knows the statuses of the contract", () => {
    const statuses = Object.fromEntries(butlerErrorTypes.map((type) => [type, statusOf(type)]))
    assert.deepStrictEqual(statuses, {
      invalid_request: 400,
      unauthenticated: 401,
      forbidden: 403,
      dialog_contact_mismatch: 403,
      not_found: 404,
      dialog_not_found: 404,
      messages_limit_reached: 403,
      feature_disabled: 403,
      method_not_allowed: 405,
      dialog_busy: 409,
      idempotency_in_progress: 409,
      payload_too_large: 413,
      unsupported_media_type: 415,
      idempotency_mismatch: 422,
      rate_limited: 429,
      internal: 500,
      not_implemented: 501,
      model_failed: 502,
      unavailable: 503,
      model_timeout: 504
    })
  })
})

describe("the native face", () => {
  it.each(problemCodes)("says %s in a problem document", (code) => {
    const body = problem(code, { requestId, issues })
    assert.deepStrictEqual(Schema.decodeSync(Problem)(body), body)
    assert.strictEqual(body.type, `urn:butler:problem:${code}`)
    assert.strictEqual(body.status, statusOf(code))
  })
})
