import { connect } from "node:net"
import { freshPglite } from "@butler/persistence/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, COMPLETIONS, listAt, textAt } from "./support/call.ts"
import { type Api, KEY, startApi } from "./support/startApi.ts"

let api: Api
beforeAll(async () => {
  api = await startApi(freshPglite, { environment: { BUTLER_BODY_LIMIT: "65536", BUTLER_DOCUMENT_LIMIT: "262144" } })
})
afterAll(() => api.stop())

/** Bytes on a socket, for what no HTTP client would send. */
const sendRaw = (lines: ReadonlyArray<string>): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(api.url)
    const socket = connect(Number(port), hostname)
    let received = ""
    socket.on("data", (chunk) => (received += chunk.toString()))
    socket.on("close", () => resolve(received))
    socket.on("error", reject)
    socket.end([...lines, "connection: close", "", ""].join("\r\n"))
  })

type Bodies = ReadonlyArray<readonly [what: string, raw: string | Uint8Array<ArrayBuffer>]>

const wrongJson: Bodies = [
  ["no JSON", "{"],
  ["an empty body", ""],
  ["a bare word", "hello"],
  ["a number that JSON does not have", '{"query":"x","waitMs":01}'],
  ["NaN", '{"query":"x","waitMs":NaN}'],
  ["null", "null"],
  ["an array", "[]"],
  ["a string", '"query"'],
  ["an empty object", "{}"],
  ["bytes that are not UTF-8", new Uint8Array([0x7b, 0x22, 0x71, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ["half of a surrogate pair", '{"query":"\\ud800"}'],
  ["a NUL character", '{"query":"a\\u0000b"}'],
  ["an object for a string", '{"query":{"$ne":null}}'],
  ["keys of the prototype alone", '{"__proto__":{"query":"x"},"constructor":{"query":"x"}}'],
  ["deep nesting", "[".repeat(30_000)],
  ["deep nesting, closed", "[".repeat(30_000) + "]".repeat(30_000)],
  ["a query of blanks", '{"query":"   "}'],
  ["a query of 32,001 characters", JSON.stringify({ query: "a".repeat(32_001) })]
]

const wrongFields: Bodies = [
  ["a number beyond every limit", '{"query":"x","waitMs":1e999}'],
  ["a NUL character in an id", '{"query":"a","dialogId":"\\u0000"}'],
  ["a bad callback address", '{"query":"x","sendWebhook":"ftp://example.com"}'],
  ["a negative file size", '{"query":"x","files":[{"name":"a","type":"a/b","url":"https://example.com","size":-1}]}']
]

describe("a body that is wrong", () => {
  it.each([...wrongJson, ...wrongFields])("%s is answered 400 in the envelope", async (_, raw) => {
    const { body, headers, status } = await call(api, COMPLETIONS, { raw })
    expect(status).toBe(400)
    expect(body).toEqual({
      code: 400,
      message: "The request is not valid",
      data: null,
      error: {
        type: "invalid_request",
        detail: expect.any(String),
        ...("issues" in Object(at(body, "error")) && { issues: expect.any(Array) })
      },
      requestId: headers.get("x-request-id")
    })
  })

  it.each(wrongJson)("%s is answered 400 as a problem document", async (_, raw) => {
    const { body, headers, status } = await call(api, "/v1/knowledge/search", { raw })
    expect(status).toBe(400)
    expect(headers.get("content-type")).toContain("application/problem+json")
    expect(body).toMatchObject({ status: 400, code: "invalid_request", requestId: headers.get("x-request-id") })
  })

  it("names every wrong field at once", async () => {
    const json = { query: 1, dialogId: "x".repeat(129), waitMs: -1, async: "yes", files: [{ name: "" }] }
    const { body } = await call(api, COMPLETIONS, { json })
    const paths = listAt(body, "error", "issues").map((issue) => textAt(issue, "path"))
    expect(paths).toEqual(
      expect.arrayContaining(["query", "dialogId", "waitMs", "async", "files[0].name", "files[0].url"])
    )
  })

  it("says it in Chinese to whoever prefers that", async () => {
    const { body } = await call(api, COMPLETIONS, {
      raw: "{",
      headers: { "accept-language": "zh-CN,zh;q=0.9,en;q=0.8" }
    })
    expect(at(body, "message")).toBe("请求参数有误")
  })

  it("ignores fields it does not know, also those of the prototype", async () => {
    const raw = '{"query":"你好","__proto__":{"admin":true},"constructor":1,"unknown":[{}]}'
    expect((await call(api, COMPLETIONS, { raw })).status).toBe(200)
    expect(Reflect.get({}, "admin")).toBeUndefined()
  })
})

const long = (length: number): string => JSON.stringify({ query: "x", padding: "a".repeat(length) })

describe("a body over the limit", () => {
  it("is answered 413 on both faces, and a document may be longer than a message", async () => {
    expect((await call(api, COMPLETIONS, { raw: long(70_000) })).body).toMatchObject({
      code: 413,
      error: { type: "payload_too_large" }
    })
    expect((await call(api, "/v1/knowledge/search", { raw: long(70_000) })).body).toMatchObject({
      code: "payload_too_large"
    })
    const text = "Refunds take a week. ".repeat(5000)
    expect((await call(api, "/v1/knowledge/documents", { json: { name: "long", text } })).status).toBe(201)
    expect((await call(api, "/v1/knowledge/documents", { json: { name: "long", text: text.repeat(3) } })).status).toBe(
      413
    )
  })
})

describe("a wrong content type", () => {
  it.each([
    "text/plain",
    "application/xml",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "json",
    "application/json+x",
    ";;",
    "application/jsonp"
  ])("%s is answered 415 on both faces", async (type) => {
    const options = { raw: '{"query":"x"}', headers: { "content-type": type } }
    expect((await call(api, COMPLETIONS, options)).body).toMatchObject({
      code: 415,
      error: { type: "unsupported_media_type" }
    })
    expect((await call(api, "/v1/knowledge/search", options)).body).toMatchObject({ code: "unsupported_media_type" })
  })

  it.each(["application/json; charset=utf-8", "APPLICATION/JSON", 'application/json;charset="UTF-8"'])(
    "%s is JSON",
    async (type) => {
      expect(
        (await call(api, COMPLETIONS, { raw: '{"query":"你好"}', headers: { "content-type": type } })).status
      ).toBe(200)
    }
  )
})

describe("a wrong address", () => {
  it.each([
    "/%ZZ",
    "/v1/dialogs/%ZZ",
    "/v1/dialogs/%C0%80",
    "/v1/dialogs/%ED%A0%80",
    "/v1/dialogs/%00",
    "/v1/turns/0",
    "/v1/turns/99999999999999999999",
    "/v1/dialogs?limit=0",
    "/v1/dialogs?limit=1e3",
    "/v1/dialogs?limit=1&limit=2",
    "/v1/dialogs?userId=%00",
    "/v1/dialogs?cursor=!",
    `/v1/dialogs/${"x".repeat(200)}`
  ])("%s is answered 400", async (path) => {
    const { body, status } = await call(api, path)
    expect(body).toMatchObject({ code: "invalid_request" })
    expect(status).toBe(400)
  })

  it.each([
    ["not base64", "a"],
    ["not JSON", "bm90IGpzb24"],
    ["of another list", Buffer.from("12").toString("base64url")],
    ["with a NUL", Buffer.from('{"at":1,"id":"\\u0000"}').toString("base64url")],
    [
      "with a year that the database does not know",
      Buffer.from('{"at":8640000000000000,"id":"x"}').toString("base64url")
    ]
  ])("a cursor %s is answered 400", async (_, cursor) => {
    const { body, status } = await call(api, `/v1/dialogs?cursor=${cursor}`)
    expect(status).toBe(400)
    expect(at(body, "issues", 0, "path")).toBe("cursor")
  })

  it.each([
    "/",
    "//",
    "/v1",
    "/v1/",
    "/v1//messages",
    "/v1/dialogs/",
    "/v1/dialogs//messages",
    "/nope",
    "/api/open/v4/butler",
    `/${"x".repeat(7000)}`,
    "/v1/../healthz/x"
  ])("%s is never a fault of ours", async (path) => {
    expect((await call(api, path)).status).toBeLessThan(500)
  })

  it("is answered 404 in the words of the face that was asked", async () => {
    expect((await call(api, "/api/open/v4/none", { json: {} })).body).toMatchObject({
      code: 404,
      error: { type: "not_found" }
    })
    expect((await call(api, "/v1/none", { json: {}, key: null })).body).toMatchObject({
      status: 404,
      code: "not_found"
    })
  })
})

describe("a wrong method", () => {
  it.each(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])(
    "%s of the completions is answered 405",
    async (method) => {
      const { body, headers, status } = await call(api, COMPLETIONS, { method })
      expect(status).toBe(405)
      expect(headers.get("allow")).toBe("POST")
      if (method !== "HEAD") expect(body).toMatchObject({ code: 405, error: { type: "method_not_allowed" } })
    }
  )

  it("is answered 405 with the methods of a path with parameters", async () => {
    const { body, headers } = await call(api, "/v1/knowledge/documents/doc_1", { method: "PUT", json: {} })
    expect(headers.get("allow")?.split(", ").toSorted()).toEqual(["DELETE", "GET", "HEAD"])
    expect(body).toMatchObject({ status: 405, code: "method_not_allowed" })
  })

  it("HEAD is GET without a body", async () => {
    const { body, status } = await call(api, "/v1/dialogs", { method: "HEAD" })
    expect([status, body]).toEqual([200, ""])
  })
})

describe("bytes that are no request", () => {
  it.each([
    ["garbage", ["hello"], "400"],
    ["an unknown method", ["BREW / HTTP/1.1", "host: x"], "400"],
    ["headers beyond every limit", ["GET /healthz HTTP/1.1", "host: x", `x-long: ${"a".repeat(70_000)}`], "431"],
    ["two lengths", ["POST /v1/knowledge/search HTTP/1.1", "host: x", "content-length: 1", "content-length: 2"], "400"]
  ])("%s are answered with a problem document", async (_, lines, status) => {
    const received = await sendRaw(lines)
    expect(received).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(received).toContain("application/problem+json")
  })

  it("a header sent twice does not confuse the check of the key", async () => {
    const twice = [
      "GET /v1/workspace HTTP/1.1",
      "host: x",
      "authorization: Bearer nonsense",
      `authorization: Bearer ${KEY}`
    ]
    expect(await sendRaw(twice)).toMatch(/^HTTP\/1.1 401 /)
    expect(await sendRaw(["GET /v1/workspace HTTP/1.1", "host: x", `x-api-key: ${KEY}`, "x-api-key: more"])).toMatch(
      /^HTTP\/1.1 401 /
    )
  })
})

const idOf = async (given: string): Promise<string | null> =>
  (await call(api, "/healthz", { headers: { "x-request-id": given } })).headers.get("x-request-id")

describe("the request's id", () => {
  it("is the caller's where that is sane, and a UUID otherwise", async () => {
    expect(await idOf("caller-1.2:3")).toBe("caller-1.2:3")
    for (const given of ["", "a b", "x".repeat(129), "<script>"]) expect(await idOf(given)).toMatch(/^[0-9a-f-]{36}$/)
  })
})
