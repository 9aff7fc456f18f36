import { assert, describe, it } from "@effect/vitest"
import { queryTerms, storedTerms } from "../../src/text/terms.ts"

const stored = (text: string, code: string, certain = true) => storedTerms(text, { code, certain })

/** Whether a query, judged to be in `queryCode`, has a term in common with a stored text. */
const finds = (query: string, queryCode: string, text: string, code: string, certain = true): boolean => {
  const terms = new Set(stored(text, code, certain))
  return queryTerms(query, { code: queryCode }).some(({ term }) => terms.has(term))
}

describe("storedTerms", () => {
  it("stems, folds case, width and marks", () => {
    assert.deepStrictEqual(stored("Refunds ＲＥＦＵＮＤＥＤ refund", "en"), ["refund", "refund", "refund"])
    assert.deepStrictEqual(stored("Rückerstattungen", "de"), stored("ruckerstattungen", "de"))
    assert.deepStrictEqual(stored("возвраты всё ещё", "ru"), stored("возврата все еще", "ru"))
  })

  it("keeps the marks of Vietnamese, which tell its words apart", () => {
    assert.notDeepEqual(stored("má", "vi"), stored("ma", "vi"))
  })

  it("takes Chinese by words, pairs and characters", () => {
    assert.includeMembers([...stored("申请退款", "zh")], ["申请", "退款", "请退", "退"])
  })

  it("has no stop words", () => {
    assert.includeMembers([...stored("账号安全问题", "zh")], ["安全", "问题"])
    assert.includeMembers([...stored("The Who", "en")], ["the", "who"])
  })

  it("parts words at apostrophes and keeps decimals and versions whole", () => {
    assert.deepStrictEqual(stored("l’hôtel d'or", "fr"), ["hotel", "or"])
    assert.deepStrictEqual(stored("v2.1 costs 1,299.50", "en"), ["v2.1", "cost", "1,299.50"])
  })

  it.each(["", "??? — …", "😀😀", "\uD83D"])("finds no term in %j", (text) => {
    assert.deepStrictEqual(stored(text, "en"), [])
    assert.deepStrictEqual(queryTerms(text, { code: "en" }), [])
  })
})

describe("queryTerms", () => {
  const misjudged: ReadonlyArray<readonly [query: string, as: string, text: string, code: string]> = [
    ["refunds", "ca", "You may ask for a refund", "en"],
    ["Rückerstattungen", "nl", "Die Rückerstattung dauert drei Tage", "de"],
    ["reembolsos", "pt", "El reembolso tarda tres días", "es"],
    ["devolucion", "en", "La devolución es gratis", "es"],
    ["iadeler", "en", "İadeler ücretsizdir", "tr"],
    ["hoàn tiền", "pt", "Chính sách hoàn tiền", "vi"],
    ["возвраты", "bg", "Возврат в течение 14 дней", "ru"],
    ["refunds policies", "zh", "Our refund policy", "en"],
    ["환불", "ko", "환불을 신청하려면", "ko"],
    ["可以退吗", "zh", "七天内可退款", "zh"]
  ]
  it.each(misjudged)("finds %s, taken for %s, in: %s", (query, as, text, code) => {
    assert.isTrue(finds(query, as, text, code))
  })

  it("finds a text whose own language was misjudged", () => {
    assert.isTrue(finds("cancel my subscription", "en", "Cancelling subscriptions", "da", false))
  })

  it("has each term once, forms of a word under one number", () => {
    const terms = queryTerms("refund refunds Refund", { code: "en" })
    assert.strictEqual(new Set(terms.map(({ term }) => term)).size, terms.length)
    const [refund] = queryTerms("Erstattungen", { code: "de" })
    assert.isDefined(refund)
    assert.strictEqual(new Set(queryTerms("Erstattungen", { code: "de" }).map(({ word }) => word)).size, 1)
  })

  it("bounds what a pasted text costs", () => {
    const pasted = Array.from({ length: 50_000 }, (_, index) => `word${index}`).join(" ")
    assert.isBelow(queryTerms(pasted, { code: "en" }).length, 1000)
  })
})
