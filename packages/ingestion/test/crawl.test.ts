import { assert, layer } from "@effect/vitest"
import { DocumentId, Knowledge, KnowledgeSources, searchKnowledge } from "@butler/domain"
import { newWorkspace } from "@butler/domain/testing"
import { engines } from "@butler/persistence/testing"
import { Effect, Option } from "effect"
import { pdf } from "./support/documents.ts"
import { html, startSite } from "./support/site.ts"
import { crawl, found, itemsOf, sync, world } from "./support/world.ts"

const etag = (value: string) => ({ headers: { etag: `"${value}"` } })

const month = (n: number) => `/calendar?year=${2000 + Math.floor(n / 12)}&month=${(n % 12) + 1}`

for (const [name, database] of engines) {
  layer(world(database), { excludeTestServices: true, timeout: "60 seconds" })(`a crawl on ${name}`, (it) => {
    it.effect("reads a site as far as it goes and as robots.txt lets it, and stays on it", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const [site, other] = [yield* startSite, yield* startSite]
        other.pages.set("/", { body: html("Other", "Elsewhere entirely.") })
        const document = yield* Effect.promise(() => pdf([["The handbook speaks of zeppelins."]]))
        const links = [
          "/a",
          "/a#part",
          "/a?utm_source=x",
          "/b/",
          "/private/x",
          "/handbook.pdf",
          "/gone",
          "/away",
          "/on"
        ]
        const more = ["/picture.png", "/slow", "/broken", "/hidden", "/copy", "/film", other.url, "mailto:x@y.z"]
        const pages = {
          "/robots.txt": { type: "text/plain", body: "User-agent: *\nDisallow: /private" },
          "/": { body: html("Home", "Welcome to the shop of kettles.", [...links, ...more]) },
          "/a": { body: html("Kettles", "Kettles whistle at boiling point.", ["/", "/b/", "/deep"]) },
          "/b/": { body: html("Teapots", "Teapots are made of porcelain.", ["/a", "c", "../b/"]) },
          "/b/c": { body: html("Cups", "Cups hold two deciliters.") },
          "/copy": { body: html("Kettles", "Kettles whistle at boiling point.", ["/"]) },
          "/deep": { body: html("Deep", "Saucers are flat.") },
          "/handbook.pdf": { type: "application/pdf", body: document },
          "/broken": { type: "application/pdf", body: "%PDF-1.4 no" },
          "/film": { type: "video/mp4", body: "film" },
          "/hidden": {
            body: html("Hidden", "Nobody finds gramophones.", [], '<meta name="robots" content="noindex">')
          },
          "/away": { status: 302, headers: { location: `${other.url}/` } },
          "/on": { status: 301, headers: { location: "/on/" } },
          "/on/": { body: html("On", "Redirects may stay on the site.") },
          "/slow": { endless: true }
        }
        for (const [path, page] of Object.entries(pages)) site.pages.set(path, page)

        const source = yield* crawl(workspaceId, { url: `${site.url}/`, maxDepth: 3 })
        assert.deepStrictEqual([source.status, source.error], ["ready", null])
        assert.deepStrictEqual(yield* itemsOf(workspaceId, source.id), [
          "/ ready",
          "/a ready",
          "/away redirected_away",
          "/b/ ready",
          "/b/c ready",
          "/broken broken_file",
          "/copy duplicate",
          "/deep ready",
          "/film unsupported_type",
          "/gone gone",
          "/handbook.pdf ready",
          "/hidden noindex",
          "/on ready",
          "/slow too_large"
        ])
        assert.deepStrictEqual(source.items, { pending: 0, ready: 7, skipped: 3, failed: 4 })
        assert.deepStrictEqual(yield* found(workspaceId, "zeppelins"), ["handbook.pdf"])
        assert.deepStrictEqual(yield* found(workspaceId, "gramophones elsewhere"), [])
        const { chunks } = yield* searchKnowledge({ workspaceId, query: "porcelain", limit: 1 })
        assert.strictEqual(chunks[0]?.documentUrl, `${site.url}/b/`)
        assert.deepStrictEqual(other.visits, [])
        assert.notInclude(site.visits.join(" "), "private")
      })
    )

    it.effect("reads anew what has changed, and nothing else; what is gone is removed", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const site = yield* startSite
        site.pages.set("/", { ...etag("1"), body: html("Home", "All about lamps.", ["/a", "/b"]) })
        site.pages.set("/a", { body: html("A", "Lamps give light.", ["/c"]) })
        site.pages.set("/b", { body: html("B", "Bulbs burn out.") })
        site.pages.set("/c", { body: html("C", "Candles drip.") })
        const source = yield* crawl(workspaceId, { url: site.url })
        const chunk = Effect.map(
          searchKnowledge({ workspaceId, query: "light", limit: 1 }),
          ({ chunks: [first] }) => first
        )
        const before = yield* chunk
        assert.strictEqual(before?.documentName, "A")

        site.visits.length = 0
        site.pages.set("/b", { body: html("B", "Bulbs last for years.") })
        site.pages.delete("/c")
        assert.strictEqual((yield* sync(workspaceId, source.id)).status, "ready")
        assert.include(site.visits, "304 /")
        assert.strictEqual((yield* chunk)?.id, before?.id, "a page that says the same is not indexed again")
        assert.deepStrictEqual(yield* found(workspaceId, "years"), ["B"])
        assert.deepStrictEqual(yield* found(workspaceId, "burn"), [])
        assert.deepStrictEqual(yield* found(workspaceId, "candles"), [])

        // Nothing leads to /b any more, but as long as a page cannot be had it is not known whether that one does.
        site.pages.set("/", { body: html("Home", "All about lamps.", ["/a"]) })
        site.pages.set("/a", { status: 503 })
        yield* sync(workspaceId, source.id)
        assert.deepStrictEqual(yield* itemsOf(workspaceId, source.id), [
          "/ ready",
          "/a unreachable",
          "/b ready",
          "/c gone"
        ])
        assert.deepStrictEqual(yield* found(workspaceId, "light"), ["A"])
        site.pages.set("/a", { body: html("A", "Lamps give light.") })
        yield* sync(workspaceId, source.id)
        assert.deepStrictEqual(yield* itemsOf(workspaceId, source.id), ["/ ready", "/a ready"])
        assert.deepStrictEqual(yield* found(workspaceId, "years"), [])
      })
    )

    it.effect("keeps within its limits, and out of an endless calendar", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const site = yield* startSite
        site.pages.set("/", { body: html("Home", "Events all year.", [month(0), "/a"]) })
        site.pages.set("/a", { body: html("A", "An article on events.") })
        for (let n = 0; n < 60; n++)
          site.pages.set(month(n), { body: html(`Month ${n}`, `Events of month ${n}.`, [month(n + 1)]) })
        const deep = yield* crawl(workspaceId, { url: site.url, maxDepth: 3 })
        assert.strictEqual(deep.items.ready, 5)
        const wide = yield* crawl(workspaceId, { url: site.url, maxPages: 4, maxDepth: 20 })
        assert.strictEqual(wide.items.ready + wide.items.skipped, 4)
        const one = yield* crawl(workspaceId, { kind: "url", url: `${site.url}/a`, maxPages: 1, maxDepth: 0 })
        assert.strictEqual(one.items.ready, 1)
      })
    )

    it.effect("reads what a sitemap lists, and what it lists no more is removed", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const site = yield* startSite
        const sitemap = (paths: ReadonlyArray<string>) =>
          `<urlset>${paths.map((path) => `<url><loc>${site.url}${path}</loc></url>`).join("")}</urlset>`
        const index = `<sitemapindex>${["/gone.xml", "/pages.xml"].map((path) => `<sitemap><loc>${site.url}${path}</loc></sitemap>`).join("")}</sitemapindex>`
        site.pages.set("/sitemap.xml", { type: "application/xml", body: index })
        site.pages.set("/pages.xml", { type: "application/xml", body: sitemap(["/a", "/b"]) })
        site.pages.set("/a", { body: html("A", "Anchors hold ships.", ["/c"]) })
        site.pages.set("/b", { body: html("B", "Bows part waves.") })
        site.pages.set("/c", { body: html("C", "Not in the sitemap.") })
        const source = yield* crawl(workspaceId, { kind: "sitemap", url: `${site.url}/sitemap.xml` })
        assert.deepStrictEqual(yield* itemsOf(workspaceId, source.id), ["/a ready", "/b ready", "/gone.xml gone"])
        site.pages.set("/pages.xml", { type: "application/xml", body: sitemap(["/b"]) })
        yield* sync(workspaceId, source.id)
        assert.deepStrictEqual(yield* itemsOf(workspaceId, source.id), ["/b ready", "/gone.xml gone"])
        assert.deepStrictEqual(yield* found(workspaceId, "anchors"), [])
      })
    )

    it.effect("fails as a whole where nothing can be read, and keeps what there was", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const site = yield* startSite
        const address = { kind: "url", maxPages: 1, maxDepth: 0 } as const
        const missing = yield* crawl(workspaceId, { ...address, url: `${site.url}/none` })
        assert.deepStrictEqual([missing.status, missing.error?.code], ["failed", "gone"])
        const inside = yield* crawl(workspaceId, { ...address, url: "http://169.254.169.254/latest" })
        assert.deepStrictEqual([inside.status, inside.error?.code], ["failed", "forbidden"])

        site.pages.set("/", { body: html("Home", "Umbrellas keep dry.") })
        const source = yield* crawl(workspaceId, { url: site.url })
        site.pages.set("/robots.txt", { status: 500 })
        const failed = yield* sync(workspaceId, source.id)
        assert.deepStrictEqual([failed.status, failed.error?.code], ["failed", "unreachable"])
        assert.deepStrictEqual(yield* found(workspaceId, "umbrellas"), ["Home"])
      })
    )

    it.effect("removes a source with all that was made of it", () =>
      Effect.gen(function* () {
        const { workspaceId } = yield* newWorkspace
        const site = yield* startSite
        site.pages.set("/", { body: html("Home", "Violins sing.", ["/a"]) })
        site.pages.set("/a", { body: html("A", "Cellos hum.") })
        const source = yield* crawl(workspaceId, { url: site.url })
        const items = yield* KnowledgeSources.use((sources) =>
          sources.items(workspaceId, source.id, { status: null, limit: 10, after: null })
        )
        yield* KnowledgeSources.use((sources) => sources.remove(workspaceId, source.id))
        assert.deepStrictEqual(yield* found(workspaceId, "violins cellos"), [])
        const documents = yield* Effect.forEach(items, ({ id }) =>
          Knowledge.use((knowledge) => knowledge.find(workspaceId, DocumentId.make(`doc_${id}`)))
        )
        assert.isTrue(documents.every(Option.isNone))
        const gone = yield* Effect.flip(KnowledgeSources.use((sources) => sources.sync(workspaceId, source.id)))
        assert.strictEqual(gone._tag, "SourceNotFound")
      })
    )
  })
}
