import { assert, describe, it } from "@effect/vitest"
import { chunkTerms } from "../../src/answer/chunkTerms.ts"
import { ChunkId } from "@butler/domain"

const chunk = {
  id: ChunkId.make("chunk_c1"),
  documentName: "Refunds",
  documentUrl: null,
  content: "Money comes back in five days.",
  lang: "en"
}

describe("chunkTerms", () => {
  it("holds the terms of the chunk and of its document's name", () => {
    const terms = chunkTerms(chunk)
    for (const term of ["refund", "money", "day"]) assert.isTrue(terms.has(term), term)
  })

  it("keeps what it has cut, until the chunk is another", () => {
    const before = chunkTerms(chunk)
    assert.strictEqual(chunkTerms({ ...chunk }), before)
    assert.isTrue(chunkTerms({ ...chunk, content: "Money comes back in ten weeks." }).has("week"))
    assert.isTrue(chunkTerms({ ...chunk, documentName: "Invoices" }).has("invoic"))
  })

  it("forgets the chunks that were found longest ago", () => {
    const before = chunkTerms(chunk)
    const others = Array.from({ length: 999 }, (_, index) => ({ ...chunk, id: ChunkId.make(`chunk_other_${index}`) }))
    for (const other of others) chunkTerms(other)
    assert.strictEqual(chunkTerms(chunk), before)
    for (const other of [...others, { ...chunk, id: ChunkId.make("chunk_one_more") }]) chunkTerms(other)
    assert.notStrictEqual(chunkTerms(chunk), before)
  })
})
