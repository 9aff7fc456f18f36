import { assert, describe, it } from "@effect/vitest"
import { makeFrontier } from "../../src/web/makeFrontier.ts"
import { isSameSite, mayBePage, normaliseUrl } from "../../src/web/urls.ts"

describe("normaliseUrl", () => {
  it("gives one spelling for each page", () => {
    const same = [
      "https://EXAMPLE.com:443//a/./b/../c?a=1&utm_source=x&b=2&gclid=7#top",
      "https://example.com./a/c?a=1&b=2",
      "https://example.com/a//c?PHPSESSID=1&a=1&b=2#"
    ]
    assert.deepStrictEqual([...new Set(same.map(normaliseUrl))], ["https://example.com/a/c?a=1&b=2"])
    assert.strictEqual(normaliseUrl("https://example.com/a?fbclid=1"), "https://example.com/a")
  })

  it("refuses what is no page, or a trap", () => {
    const refused = [
      "mailto:a@b.c",
      "javascript:alert(1)",
      "https://user:secret@example.com/",
      `https://example.com/${"x".repeat(2100)}`,
      "https://example.com/a/b/a/b/a/b",
      `https://example.com${"/x".repeat(17)}`,
      "nonsense"
    ]
    assert.deepStrictEqual(
      refused.map(normaliseUrl).filter((url) => url !== null),
      []
    )
  })

  it("knows a site, and what is worth reading of it", () => {
    assert.isTrue(isSameSite("http://example.com/a", "https://www.example.com/b"))
    assert.isFalse(isSameSite("https://example.com", "https://example.com:8443"))
    assert.isFalse(isSameSite("https://example.com", "https://example.com.evil.test"))
    const pages = ["/", "/a", "/a.html", "/a.pdf", "/a.docx", "/a.php?x=1.zip"].map((path) => `https://x.test${path}`)
    assert.isTrue(pages.every(mayBePage))
    assert.isFalse(["/a.JPG", "/a.tar.gz", "/feed.xml", "/a.css"].some((path) => mayBePage(`https://x.test${path}`)))
  })
})

const admitted = (urls: Iterable<string>, known: ReadonlyArray<string> = []): number => {
  const { admit } = makeFrontier(known)
  return [...urls].filter(admit).length
}

describe("makeFrontier", () => {
  it("comes to each page once", () => {
    assert.strictEqual(admitted(["https://x.test/a", "https://x.test/b", "https://x.test/a"], ["https://x.test/b"]), 1)
  })

  it("leaves calendars and generated pages at some time, and nothing else", () => {
    const days = Array.from({ length: 500 }, (_, day) => `https://x.test/events/${2000 + day}/0${(day % 9) + 1}`)
    assert.isBelow(admitted(days), 100)
    assert.isBelow(admitted(Array.from({ length: 900 }, (_, n) => `https://x.test/list?page=${n}&sort=a${n}`)), 300)
    const words = Array.from({ length: 900 }, (_, n) => `https://x.test/help/${n.toString(26).replace(/\d/gu, "z")}q`)
    assert.strictEqual(admitted(new Set(words)), new Set(words).size)
  })
})
