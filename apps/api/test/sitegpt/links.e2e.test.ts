import { createServer, type Server } from "node:http"
import { freshPglite } from "@butler/persistence/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, listAt, textAt } from "../support/call.ts"
import { type Api, startApi } from "../support/startApi.ts"

const page = (title: string, body: string) =>
  `<html><head><title>${title}</title></head><body><main>${body}</main></body></html>`

const PAGES: Readonly<Record<string, string>> = {
  "/": page(
    "Shop",
    '<h1>Shop</h1><p>Boats and more.</p><a href="/prices">Prices</a> <a href="/secret/a">Secret</a> <a href="https://elsewhere.example/">Elsewhere</a>'
  ),
  "/prices": page(
    "Prices",
    "<h1>Prices</h1><p>A rowing boat costs nine hundred crowns.</p><a href='/'>Home</a><a href='/contact#top'>Contact</a>"
  ),
  "/contact": page("Contact", "<p>Write to the harbour master.</p>"),
  "/robots.txt": "User-agent: *\nDisallow: /secret/"
}

let site: Server
let origin: string
let api: Api
let bot: string

beforeAll(async () => {
  site = createServer(({ url = "" }, response) => {
    const text =
      PAGES[url] ??
      (url === "/sitemap.xml"
        ? `<urlset><url><loc>${origin}/prices</loc></url><url><loc>${origin}/contact</loc></url></urlset>`
        : undefined)
    const type = url.endsWith(".txt") ? "text/plain" : url.endsWith(".xml") ? "application/xml" : "text/html"
    response.writeHead(text === undefined ? 404 : 200, { "content-type": type }).end(text)
  })
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve))
  const address = site.address()
  origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`
  api = await startApi(freshPglite, { environment: { BUTLER_SAMPLE: "off", BUTLER_EGRESS_ALLOW: "127.0.0.1/32" } })
  const made = await call(api, "/api/v0/chatbots", { json: { chatbotName: "Harbour" } })
  bot = `/api/v0/chatbots/${textAt(made.body, "data", "chatbot", "id")}`
})
afterAll(async () => {
  await api.stop()
  site.close()
})

const ask = async (message: string) =>
  at((await call(api, `${bot}/message`, { json: { message } })).body, "data", "message")
const answer = async (message: string) => textAt(await ask(message), "answer", "text")
const replace = (text: string) => call(api, `${bot}/custom-content`, { json: { text } })
const sources = async () => listAt((await call(api, "/v1/knowledge/sources")).body, "data")
const linksOf = async (query: string) => {
  const { body } = await call(api, `/api/v0/fetch-links?${query}`)
  return listAt(body, "data", "links").map((link) => textAt(link, "url"))
}

describe("fetch-links", () => {
  it("walks a site, heeding robots.txt and staying there", async () => {
    expect((await linksOf(`sourceUrl=${origin}/`)).toSorted()).toEqual([
      `${origin}/`,
      `${origin}/contact`,
      `${origin}/prices`
    ])
  })

  it("reads a sitemap, or takes a single link as it is", async () => {
    expect(await linksOf(`sourceType=SITEMAP&sourceUrl=${origin}/sitemap.xml`)).toEqual([
      `${origin}/prices`,
      `${origin}/contact`
    ])
    const { body } = await call(api, `/api/v0/fetch-links?sourceType=SINGLE_LINK&sourceUrl=${origin}/prices`)
    expect(body).toEqual({
      success: true,
      message: "Fetched all the links successfully",
      data: { links: [{ url: `${origin}/prices`, urlType: "WEB" }] }
    })
  })

  it.each([
    ["", "sourceUrl"],
    ["sourceUrl=ftp://example.com", "sourceUrl"],
    ["sourceUrl=http://169.254.169.254/", "sourceUrl"],
    ["sourceUrl=http://169.254.169.254/&sourceType=SINGLE_LINK", "sourceUrl"],
    ["sourceUrl=https://example.com/&sourceType=RSS", "sourceType"]
  ])("is refused with %s", async (query, field) => {
    const { body, status } = await call(api, `/api/v0/fetch-links?${query}`)
    expect([status, at(body, "error", "details", 0, "field")]).toEqual([400, field])
  })
})

describe("content", () => {
  it("links are read, and the chatbot answers from them with their addresses", async () => {
    const links = [{ url: `${origin}/prices`, urlType: "WEB" }, { url: `${origin}/prices` }]
    expect((await call(api, `${bot}/links`, { json: { links } })).body).toEqual({
      success: true,
      message: "Added links to the chatbot successfully",
      data: {}
    })
    await expect
      .poll(() => answer("What does a rowing boat cost?"), { timeout: 20_000 })
      .toContain("nine hundred crowns")
    expect(at(await ask("What does a rowing boat cost?"), "sources")).toEqual([`${origin}/prices`])
    await call(api, `${bot}/links`, { json: { links } })
    expect(await sources()).toHaveLength(1)
  })

  it("custom content is one text, replaced as a whole", async () => {
    expect((await replace("The lighthouse opens at noon.")).body).toEqual({
      success: true,
      message: "Modified custom content of the chatbot successfully",
      data: {}
    })
    expect(await answer("When does the lighthouse open?")).toContain("noon")
    await replace("The lighthouse opens at midnight.")
    expect(await answer("When does the lighthouse open?")).toContain("midnight")
    await replace("")
    expect(await answer("When does the lighthouse open?")).not.toContain("lighthouse opens")
  })

  it("the newer call takes sites, and says what it queued", async () => {
    const newer = `${bot.replace("v0", "v1")}/links`
    const config = { urls: [`${origin}/`] }
    const { body } = await call(api, newer, { json: { sourceType: "WEBSITE", config, syncFrequency: "WEEKLY" } })
    expect(body).toMatchObject({
      success: true,
      data: { ingestJobId: expect.stringMatching(/^src_/), documentsQueued: 1 }
    })
    expect((await sources())[0]).toMatchObject({ kind: "site", syncFrequency: "weekly" })
    const video = await call(api, newer, { json: { sourceType: "YOUTUBE", config } })
    expect([video.status, at(video.body, "error", "details", 0, "field")]).toEqual([400, "sourceType"])
  })

  it.each([
    [[], "links"],
    [Array.from({ length: 1001 }, (_, index) => ({ url: `https://example.com/${index}` })), "links"],
    [[{ url: "https://example.com/" }, { url: "http://10.0.0.1/" }], "links[1].url"],
    [[{ url: "nowhere" }], "links[0].url"]
  ])("links that are wrong are refused, and none is added", async (links, field) => {
    const before = (await sources()).length
    const { body, status } = await call(api, `${bot}/links`, { json: { links } })
    expect([status, at(body, "error", "details", 0, "field")]).toEqual([400, field])
    expect(await sources()).toHaveLength(before)
  })
})
