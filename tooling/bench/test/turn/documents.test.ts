import { describe, expect, it } from "vitest"
import { sampleDocuments } from "../../src/turn/documents.ts"

describe("sampleDocuments", () => {
  it("are a hundred, the same ones every time", () => {
    const documents = sampleDocuments()
    expect(new Set(documents.map(({ body }) => body.name)).size).toBe(100)
    expect(documents).toEqual(sampleDocuments())
  })

  it("are half text and half questions, in two languages, with nothing left to fill in", () => {
    const documents = sampleDocuments()
    expect(documents.filter(({ body }) => "pairs" in body)).toHaveLength(50)
    expect(documents.filter(({ body }) => /\p{Script=Han}/u.test(body.name))).toHaveLength(50)
    expect(JSON.stringify(documents)).not.toMatch(/[@#]/)
  })
})
