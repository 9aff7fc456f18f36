import type { AgentLog, LoggedChunk } from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"
import { followUps } from "../../src/index.ts"

const chunk = (content: string): LoggedChunk => ({
  chunk_id: "chunk_1",
  content,
  created_at: 0,
  document_id: "doc_1",
  document_name: "Shop",
  enabled: true,
  lang: "en",
  score: 1,
  source: "knowledge_base"
})

const refund = chunk("Q:How do I get a refund?\nA:Write to us.")
const shipping = chunk("Q:What does shipping cost?\nA:5 EUR.")
const text = chunk("# Returns\n\nSend it back.\n\n## What does shipping cost? ##\n\nNothing.\n\n## Warranty")

const section = (heading: string) => ({ ...chunk(`# Guide\n## ${heading}\n\nText.`), document_name: "Guide" })

const logs = (found: ReadonlyArray<LoggedChunk>, used: ReadonlyArray<LoggedChunk>): ReadonlyArray<AgentLog> => [
  { type: "knowledge", kb: found, timestamp: 0 },
  ...(used.length === 0
    ? []
    : [
        {
          type: "knowledge_hit" as const,
          name: "Butler",
          message: "",
          status: "success",
          kb: used,
          entity: { name: "document", values: [] },
          timestamp: 0
        }
      ])
]

describe("followUps", () => {
  it("are what else was found near the answer, each once and nearest first", () => {
    const all = logs([refund, text, shipping], [refund])
    assert.deepStrictEqual(followUps("refund please", all, 5), ["Returns", "What does shipping cost?", "Warranty"])
    assert.deepStrictEqual(followUps("refund please", all, 1), ["Returns"])
  })

  it("leave out what was asked already", () => {
    assert.deepStrictEqual(followUps("WHAT does shipping cost", logs([refund, shipping], [refund]), 5), [])
  })

  it("leave out a document's title, and the section that was answered from", () => {
    const [repairs, returns] = [section("Who repairs shoes?"), section("How do I return shoes?")]
    assert.deepStrictEqual(followUps("shoe repair", logs([repairs, returns], [repairs]), 5), ["How do I return shoes?"])
  })

  it("are none where nothing was answered from the knowledge", () => {
    assert.deepStrictEqual(followUps("hello", logs([refund, shipping], []), 5), [])
    assert.deepStrictEqual(followUps("hello", [], 5), [])
  })
})
