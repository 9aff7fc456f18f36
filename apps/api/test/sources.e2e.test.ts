import { once } from "node:events"
import { createServer } from "node:http"
import { freshPglite } from "@butler/persistence/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Answer, at, call, listAt, say, textAt } from "./support/call.ts"
import { type Api, startApi } from "./support/startApi.ts"

const LIMIT = 600_000
const SOURCES = "/v1/knowledge/sources"

describe("sources of knowledge", () => {
  let api: Api
  beforeAll(async () => {
    const environment = { BUTLER_SAMPLE: "off", BUTLER_UPLOAD_LIMIT: String(LIMIT), BUTLER_EGRESS_ALLOW: "127.0.0.1" }
    api = await startApi(freshPglite, { environment })
  })
  afterAll(() => api.stop())

  const read = async ({ body }: Answer): Promise<unknown> => {
    const path = `${SOURCES}/${textAt(body, "id")}`
    const find = async () => at((await call(api, path)).body, "status")
    await expect.poll(find, { interval: 20, timeout: 20_000 }).toMatch(/ready|failed/)
    return (await call(api, path)).body
  }

  const form = async (fields: Readonly<Record<string, string>>, file: File | null): Promise<Answer> => {
    const data = new FormData()
    for (const [name, value] of Object.entries(fields)) data.append(name, value)
    if (file !== null) data.append("file", file)
    const sent = new Response(data)
    const raw = new Uint8Array(await sent.arrayBuffer())
    return call(api, `${SOURCES}/upload`, { raw, headers: { "content-type": sent.headers.get("content-type") ?? "" } })
  }

  const searched = async (query: string) =>
    listAt((await call(api, "/v1/knowledge/search", { json: { query } })).body, "data").map((chunk) =>
      at(chunk, "document_name")
    )

  it("takes text and pairs, answers from them, and forgets them", async () => {
    const markdown = { kind: "markdown", name: "Opening hours", text: "# Hours\n\nThe aquarium opens at ten." }
    const created = await call(api, SOURCES, { json: markdown })
    expect(created).toMatchObject({ status: 202, body: { status: "queued", kind: "markdown", url: null } })
    expect(await read(created)).toMatchObject({ status: "ready", items: { ready: 1, failed: 0 }, error: null })
    const pairs = [{ question: "Where do the penguins live?", answer: "In hall four." }]
    await read(await call(api, SOURCES, { json: { kind: "pairs", pairs } }))
    const answer = await say(api, { query: "Where do the penguins live?" })
    expect(at(answer.body, "data", "messages", 0, "text")).toBe("In hall four.")

    const path = `${SOURCES}/${textAt(created.body, "id")}`
    expect((await call(api, `${path}/items`)).body).toMatchObject({
      data: [{ locator: "Opening hours", status: "ready", documentCount: 1, chunkCount: 1 }],
      nextCursor: null
    })
    const listed = await call(api, `${SOURCES}?limit=1`)
    expect(listed.body).toMatchObject({ data: [{ kind: "pairs" }], nextCursor: expect.any(String) })
    const second = await call(api, `${SOURCES}?limit=1&cursor=${textAt(listed.body, "nextCursor")}`)
    expect(second.body).toMatchObject({ data: [{ kind: "markdown" }], nextCursor: null })
    const renamed = await call(api, path, { method: "PATCH", json: { name: "Hours", syncFrequency: "daily" } })
    expect(renamed.body).toMatchObject({ name: "Hours", syncFrequency: "daily", nextSyncAt: expect.any(String) })
    expect((await call(api, path, { method: "DELETE" })).status).toBe(204)
    expect(await searched("aquarium")).toEqual([])
    expect((await call(api, path)).body).toMatchObject({ status: 404, code: "source_not_found" })
    expect((await call(api, `${path}/sync`, { method: "POST" })).body).toMatchObject({ code: "source_not_found" })
  })

  it("takes files, as bodies and in forms, whatever they are called", async () => {
    const csv = "question,answer\nWhen is feeding time?,At noon.\n"
    const raw = await call(api, `${SOURCES}/upload?name=feeding.csv`, {
      raw: csv,
      headers: { "content-type": "text/csv" }
    })
    expect(raw).toMatchObject({ status: 202, body: { kind: "csv", name: "feeding.csv", size: csv.length } })
    expect(await read(raw)).toMatchObject({ status: "ready" })
    const name = "../../etc/\u202egnp.‮seals.txt"
    const sent = await form({}, new File(["Seals are fed from a boat."], name, { type: "text/plain" }))
    expect(sent.body).toMatchObject({ kind: "text", name: "gnp.seals.txt" })
    await read(sent)
    expect(await searched("seals boat")).toEqual(["gnp.seals.txt"])
    const named = await form({ kind: "text", name: "Otters" }, new File(["Otters juggle stones."], "x.bin"))
    expect(await read(named)).toMatchObject({ name: "Otters", kind: "text", status: "ready" })
  })

  it("refuses what it cannot take, and keeps nothing of it", async () => {
    const large = new Uint8Array(LIMIT + 1)
    const octets = { "content-type": "application/octet-stream" }
    const path = `${SOURCES}/upload?kind=text`
    const cutForm = '--x\r\nContent-Disposition: form-data; name="file"; filename="cut.txt"\r\n\r\nThe first half of'
    const kept = listAt((await call(api, `${SOURCES}?limit=100`)).body, "data")
    expect((await call(api, path, { raw: new Uint8Array(LIMIT * 2), headers: octets })).body).toMatchObject({
      status: 413
    })
    expect((await form({ kind: "text" }, new File([large], "large.txt"))).body).toMatchObject({
      status: 413,
      code: "payload_too_large"
    })
    const refused = [
      await call(api, `${SOURCES}/upload`, { raw: "x", headers: octets }),
      await call(api, path, { raw: "", headers: octets }),
      await call(api, path, { json: { a: 1 } }),
      await call(api, `${path}&knowledgeBaseId=77`, { raw: "x", headers: octets }),
      await form({}, new File(["MZ"], "x.exe")),
      await call(api, path, { raw: cutForm, headers: { "content-type": "multipart/form-data; boundary=x" } }),
      await form({ kind: "text" }, null),
      await call(api, path, { raw: "--x\r\nno form", headers: { "content-type": "multipart/form-data; boundary=x" } }),
      await call(api, SOURCES, { raw: "x", headers: { "content-type": "text/plain" } }),
      await call(api, SOURCES, { json: { kind: "site", text: "x" } }),
      await call(api, SOURCES, { json: { kind: "url", url: "http://169.254.169.254/" } })
    ]
    expect(refused.map(({ body }) => at(body, "code"))).toEqual([
      "unsupported_media_type",
      "invalid_request",
      "unsupported_media_type",
      "knowledge_base_not_found",
      "unsupported_media_type",
      "invalid_request",
      "invalid_request",
      "invalid_request",
      "unsupported_media_type",
      "invalid_request",
      "invalid_request"
    ])
    expect(listAt((await call(api, `${SOURCES}?limit=100`)).body, "data")).toHaveLength(kept.length)
  })

  it("reads the web in the background", async () => {
    const page = "<title>Squids</title><main><p>Squids have three hearts, and swim backwards.</p></main>"
    const server = createServer((request, response) => {
      response.writeHead(request.url === "/squids" ? 200 : 404, { "content-type": "text/html" }).end(page)
    })
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/squids`
    const created = await call(api, SOURCES, { json: { kind: "url", url } })
    expect(created.body).toMatchObject({ kind: "url", name: url, url, maxPages: 1, status: "queued" })
    expect(await read(created)).toMatchObject({ status: "ready", items: { ready: 1 } })
    const { body } = await call(api, "/v1/knowledge/documents")
    expect(at(body, "data", 0)).toMatchObject({ name: "Squids", url, sourceId: at(created.body, "id") })
    server.close()
  })
})
