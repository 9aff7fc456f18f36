import { assert, describe, it } from "@effect/vitest"
import { parseRobots } from "../../src/web/parseRobots.ts"

const rules = `
# comment
User-agent: other
User-agent: ButlerBot
Disallow: /private/   # not this
Allow: /private/open
Disallow: /*.pdf$
Disallow: /a*b*c
Disallow: /é
Crawl-delay: 2.5

User-agent: *
Disallow: /
`

describe("parseRobots", () => {
  it("goes by the robot's own group, and in it by the longest rule that fits", () => {
    const { allows, crawlDelay } = parseRobots(rules, "butlerbot")
    const allowed = (path: string) => allows(`https://example.com${path}`)
    assert.isTrue(["/", "/private", "/private/open/x", "/x.pdf?y=1", "/acb", "/robots.txt"].every(allowed))
    assert.isFalse(["/private/", "/private/x", "/x.pdf", "/axbxc", "/%c3%a9t%C3%A9"].some(allowed))
    assert.strictEqual(crawlDelay, 2.5)
  })

  it("goes by the group for all where there is none of its own, and allows what nothing speaks of", () => {
    assert.isFalse(parseRobots(rules, "somebot").allows("https://example.com/"))
    assert.isTrue(parseRobots("User-agent: *\nDisallow:\n", "somebot").allows("https://example.com/x"))
    assert.isTrue(parseRobots("<html>not found</html>", "somebot").allows("https://example.com/x"))
  })

  it("is not held up by a pattern of many stars", () => {
    const began = performance.now()
    const { allows } = parseRobots(`User-agent: *\nDisallow: /${"*a".repeat(2000)}b$`, "x")
    assert.isTrue(allows(`https://example.com/${"a".repeat(2000)}`))
    assert.isBelow(performance.now() - began, 200)
  })
})
