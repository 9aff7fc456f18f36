import { assert, describe, it } from "@effect/vitest"
import { chunkPairs, chunkText, sentencesOf } from "../../src/index.ts"
import { MAX_PASSAGE, sizeOf } from "../../src/knowledge/passageSize.ts"

const english = Array.from(
  { length: 80 },
  (_, index) => `Sentence number ${index} says something about order ${index}.`
)
const chinese = Array.from({ length: 80 }, (_, index) => `这是第${index}句话，它说明了订单${index}的退款流程和时间。`)
const thai = Array.from({ length: 80 }, (_, index) => `ลูกค้าสามารถขอคืนเงินได้ภายใน ${index} วันหลังจากชำระเงินค่าสินค้าแล้ว`)

describe("chunkText", () => {
  it.each([
    ["English", english.join(" "), english],
    ["Chinese", chinese.join(""), chinese],
    ["Thai", thai.join(" "), thai],
    ["text without spaces or stops", "退款流程".repeat(2000), []],
    ["one endless word", "x".repeat(10_000), []],
    ["emoji", "😀👩‍👩‍👧".repeat(2000), []]
  ] as const)("keeps passages of %s within their size, and their sentences whole", (_, text, sentences) => {
    const passages = chunkText(text)
    assert.isAbove(passages.length, 1)
    for (const passage of passages) {
      assert.isAtMost(sizeOf(passage), MAX_PASSAGE * 1.25)
      assert.isTrue(passage.isWellFormed())
    }
    for (const sentence of sentences)
      assert.isTrue(
        passages.some((passage) => passage.includes(sentence.trim())),
        sentence
      )
    const kept = new Set(passages.join(""))
    assert.isTrue([...text].every((character) => kept.has(character)))
  })

  it("repeats the end of a passage at the start of the next", () => {
    const [first, second] = chunkText(english.join(" "))
    const last = sentencesOf(first ?? "").at(-1) ?? "none"
    assert.include(second, last)
  })

  it("keeps headings with their text and does not take code for one", () => {
    const markdown =
      "# Shop\nWelcome.\n\n## Returns\nWithin 7 days.\n\n```sh\n# not a heading\n```\n\n### Costs\nNone.\n\n## Contact"
    assert.deepStrictEqual(chunkText(markdown), [
      "# Shop\n\nWelcome.",
      "# Shop\n## Returns\n\nWithin 7 days.\n\n```sh\n# not a heading\n```",
      "# Shop\n## Returns\n### Costs\n\nNone.",
      "# Shop\n## Contact"
    ])
  })

  it("does not lose an answer on a border", () => {
    const pairOf = (index: number) => `${english[index]} ${english[index + 1]}`
    const passages = chunkText(english.join(" "))
    for (let index = 0; index < 79; index++) {
      assert.isTrue(
        passages.some((passage) => passage.includes(pairOf(index))),
        pairOf(index)
      )
    }
  })

  it.each(["", "  \n\n ", "\r\n"])("makes nothing of %j", (text) => assert.deepStrictEqual(chunkText(text), []))

  it("survives halves of characters", () => assert.deepStrictEqual(chunkText("a\uD83D b"), ["a\uFFFD b"]))
})

describe("chunkPairs", () => {
  it("makes one passage a pair, as the contract shows it", () => {
    const pair = { question: "测试公司是做什么的?", answer: "测试公司提供面向企业测试服务" }
    assert.deepStrictEqual(chunkPairs([pair]), [{ content: `Q:${pair.question}\nA:${pair.answer}`, pair }])
  })

  it("splits a long answer under its question and keeps it whole beside", () => {
    const pair = { question: "What happens?", answer: english.join(" ") }
    const passages = chunkPairs([pair])
    assert.isAbove(passages.length, 1)
    for (const { content, pair: whole } of passages) {
      assert.isTrue(content.startsWith("Q:What happens?\nA:"))
      assert.deepStrictEqual(whole, pair)
    }
  })
})
