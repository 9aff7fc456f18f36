import type { RequiredDetail } from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"
import { findDetail, readDetail } from "../../../src/task/details/findDetail.ts"
import { isPattern } from "../../../src/task/details/matchesPattern.ts"
import { detectLanguage } from "../../../src/text/detectLanguage.ts"

const NOW = new Date("2026-11-21T12:00:00Z")

const said = (message: string, code = "en") => ({
  message,
  language: { ...detectLanguage(message), code, certain: true },
  now: NOW
})

const detail = (kind: RequiredDetail["kind"], rest: Partial<RequiredDetail> = {}): RequiredDetail => ({
  name: "it",
  kind,
  ...rest
})

const colours = { choices: ["Blue", "Dark blue", "Green", "红色"] }

const find = (kind: RequiredDetail["kind"], message: string, rest = {}) => findDetail(detail(kind, rest), said(message))

describe("readDetail", () => {
  for (const [kind, rest, message, code, expected] of [
    ["email", {}, "it's Ada@Example.COM, thanks", "en", "Ada@example.com"],
    ["email", {}, "ada at example", "en", null],
    ["phone", {}, "call me on +49 30 901820", "en", "+4930901820"],
    ["phone", {}, "13812345678", "zh", "+8613812345678"],
    ["phone", {}, "13812345678", "en", null],
    ["phone", {}, "12", "zh", null],
    ["order_number", {}, "my order is A-2041-77", "en", "A-2041-77"],
    ["order_number", {}, "订单号是８８１２３４", "zh", "881234"],
    ["order_number", {}, "I don't have it", "en", null],
    ["order_number", { pattern: "[A-Z]{2}\\d{4}" }, "well, ab1234.", "en", "ab1234"],
    ["order_number", { pattern: "[A-Z]{2}\\d{4}" }, "ab12345", "en", null],
    ["name", {}, "Ada Lovelace", "en", "Ada Lovelace"],
    ["name", {}, "my name is Ada Lovelace and I am angry", "en", "Ada Lovelace"],
    ["name", {}, "王小明", "zh", "王小明"],
    ["name", {}, "I don't know", "en", null],
    ["number", {}, "about 1,250 pieces", "en", "1250"],
    ["number", {}, "1.250,5", "de", "1250.5"],
    ["number", {}, "1.250", "de", "1250"],
    ["number", {}, "1.250", "en", "1.25"],
    ["number", {}, "٣٥", "ar", "35"],
    ["number", {}, "2 or 3", "en", null],
    ["number", {}, "many", "en", null],
    ["date", {}, "on 2026-12-31 please", "en", "2026-12-31"],
    ["date", {}, "2026年3月5日", "zh", "2026-03-05"],
    ["date", {}, "3月5号", "zh", "2027-03-05"],
    ["date", {}, "31.12.26", "de", "2026-12-31"],
    ["date", {}, "5/6/2026", "en", null],
    ["date", {}, "25/6/2026", "en", "2026-06-25"],
    ["date", {}, "6/25/2026", "en", "2026-06-25"],
    ["date", {}, "5/6/2026", "fr", "2026-06-05"],
    ["date", {}, "31/02/2026", "fr", null],
    ["date", {}, "May 12th, 2027", "en", "2027-05-12"],
    ["date", {}, "am 3. März", "de", "2027-03-03"],
    ["date", {}, "12 мая 2026", "ru", "2026-05-12"],
    ["date", {}, "๑๒ มกราคม ๒๕๖๙", "th", "2026-01-12"],
    ["date", {}, "tomorrow", "en", "2026-11-22"],
    ["date", {}, "昨天", "zh", "2026-11-20"],
    ["date", {}, "maybe 3", "en", null],
    ["choice", colours, "the dark BLUE one", "en", "Dark blue"],
    ["choice", colours, "3", "en", "Green"],
    ["choice", colours, "gr", "en", "Green"],
    ["choice", colours, "红色的", "zh", "红色"],
    ["choice", colours, "blue or green", "en", null],
    ["choice", colours, "9", "en", null],
    ["text", {}, "  it hums, then stops ", "en", "it hums, then stops"],
    ["text", {}, "   ", "en", null],
    ["text", { pattern: "\\d{5}" }, "it is 10115 Berlin", "en", "10115"]
  ] as const)
    it(`${kind} in ${JSON.stringify(message)} (${code})`, () =>
      assert.strictEqual(readDetail(detail(kind, rest), said(message, code)), expected))

  it("a pattern takes no longer than its text, whatever it is, and one that is none matches nothing", () => {
    const text = detail("text", { pattern: "(a+)+b" })
    const begun = performance.now()
    assert.isNull(readDetail(text, said("a".repeat(2_000))))
    assert.isBelow(performance.now() - begun, 1_000)
    assert.deepStrictEqual([isPattern("[A-Z]{2}"), isPattern("[A-Z"), isPattern("(?=x)")], [true, false, false])
    assert.isNull(readDetail(detail("text", { pattern: "[A-Z" }), said("A")))
  })
})

describe("findDetail", () => {
  it("takes unasked only what can be nothing else", () => {
    assert.strictEqual(find("date", "it broke on 2026-11-01"), "2026-11-01")
    assert.strictEqual(find("choice", "I want green", colours), "Green")
    assert.isNull(find("date", "I may come 3 times tomorrow"))
    assert.isNull(find("choice", "3", colours))
    assert.isNull(find("number", "3"))
    assert.isNull(find("text", "anything"))
    assert.isNull(find("name", "Hello there"))
  })
})
