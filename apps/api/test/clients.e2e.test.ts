import { request } from "node:https"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { freshPglite } from "@butler/persistence/testing"
import { testCertificate as ca, testKey } from "@butler/testing"
import { ConfigProvider, Effect } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { AppConfig } from "../src/config.ts"
import { at, textAt } from "./support/call.ts"
import { type Api, KEY, startApi } from "./support/startApi.ts"

const folder = mkdtempSync(join(tmpdir(), "butler-tls-"))
const pem = (name: "cert" | "key"): string => join(folder, `${name}.pem`)

let api: Api
beforeAll(async () => {
  writeFileSync(pem("cert"), ca)
  writeFileSync(pem("key"), testKey, { mode: 0o600 })
  const environment = { BUTLER_SAMPLE: "off", BUTLER_TLS_CERT: pem("cert"), BUTLER_TLS_KEY: pem("key") }
  api = await startApi(freshPglite, { environment })
})
afterAll(async () => {
  await api.stop()
  rmSync(folder, { recursive: true })
})

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: unknown
}

/** One request over TLS, with the certificate checked. */
const ask = (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string | Buffer
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(`${api.url}${path}`, { ca, method, headers: { authorization: `Bearer ${KEY}`, ...headers } })
    sent.once("error", reject).once("response", (response) => {
      const chunks: Array<Buffer> = []
      response.on("data", (chunk: Buffer) => chunks.push(chunk))
      response.once("end", () => {
        const text = Buffer.concat(chunks).toString()
        const parsed: unknown = response.headers["content-type"]?.includes("json") ? JSON.parse(text) : text
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: parsed })
      })
    })
    sent.end(body)
  })

const UTF8 = { "content-type": "application/json; charset=utf-8" }
const ORIGIN = { origin: "https://shop.example" }
const PREFLIGHT = {
  ...ORIGIN,
  "access-control-request-method": "POST",
  "access-control-request-headers": "authorization,content-type"
}

describe("clients over TLS", () => {
  it("find the service at an https address, and create a chatbot and ask it", async () => {
    expect(api.url).toMatch(/^https:/)
    const made = await ask("POST", "/api/v0/chatbots/", UTF8, '{"chatbotName":"My Bot"}')
    expect(made.status).toBe(200)
    const bot = `/api/v0/chatbots/${textAt(made.body, "data", "chatbot", "id")}`
    const sent = await ask("POST", `${bot}/message`, UTF8, '{"message":"What can you do ?","from":"USER"}')
    expect(sent).toMatchObject({ status: 200, body: { success: true, message: "Sent the message successfully" } })
    const lenient = '{"message":"Hello","threadId":null,"from":null,"returnSmartFollowUps":true}'
    expect((await ask("POST", `${bot}/message/`, UTF8, lenient)).status).toBe(200)
  })

  it("may put a slash behind an address", async () => {
    expect((await ask("GET", "/api/v0/chatbots/?limit=1")).status).toBe(200)
    expect((await ask("GET", "/v1/agents/")).status).toBe(200)
    expect(await ask("PUT", "/api/v0/chatbots/")).toMatchObject({ status: 405, headers: { allow: "GET, HEAD, POST" } })
  })

  it("are told addresses of pictures that lead through their proxy", async () => {
    const { body } = await ask("GET", "/api/v0/chatbots")
    const bot = `/api/v0/chatbots/${textAt(body, "data", "chatbots", 0, "id")}`
    const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    const form = [
      "--b\r\n",
      'Content-Disposition: form-data; name="iconType"\r\n\r\nBOT\r\n--b\r\n',
      'Content-Disposition: form-data; name="iconSrc"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    ].join("")
    const upload = Buffer.concat([Buffer.from(form), Buffer.from(png, "base64"), Buffer.from("\r\n--b--\r\n")])
    const type = { "content-type": "multipart/form-data; boundary=b" }
    expect((await ask("POST", `${bot}/icons`, type, upload)).status).toBe(200)
    const addressBehind = async (headers: Readonly<Record<string, string>>) =>
      textAt((await ask("GET", bot, headers)).body, "data", "chatbot", "settings", "iconSrcUrl")
    const own = await addressBehind({})
    expect(own.startsWith(`${api.url}/api/v0/icons/`)).toBe(true)
    expect((await ask("GET", own.slice(api.url.length))).headers["content-type"]).toBe("image/png")
    const proxied = { "x-forwarded-proto": "https", "x-forwarded-host": "bots.example" }
    expect(await addressBehind(proxied)).toMatch(/^https:\/\/bots\.example\/api\/v0\/icons\//)
  })
})

describe("web pages", () => {
  it.each(["/api/v0/chatbots/1/message", "/v1/agents", "/api/open/v4/butler/chat/completions"])(
    "may call %s, with a key of their own",
    async (path) => {
      const before = await ask("OPTIONS", path, PREFLIGHT)
      expect(before).toMatchObject({
        status: 204,
        headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "authorization,content-type" }
      })
      expect(String(before.headers["access-control-allow-methods"])).toContain("PATCH")
      expect(before.headers["access-control-allow-credentials"]).toBeUndefined()
      const refused = await ask("POST", path, { ...ORIGIN, ...UTF8, authorization: "Bearer none" }, "{}")
      expect([refused.status, refused.headers["access-control-allow-origin"]]).toEqual([401, "*"])
    }
  )

  it("may read why there is nothing, and may not call what is not theirs", async () => {
    const nowhere = await ask("GET", "/api/v0/nowhere", ORIGIN)
    expect([nowhere.status, nowhere.headers["access-control-allow-origin"]]).toEqual([404, "*"])
    expect((await ask("GET", "/metrics", ORIGIN)).headers["access-control-allow-origin"]).toBeUndefined()
    expect((await ask("OPTIONS", "/metrics", PREFLIGHT)).status).toBe(405)
    const plain = await ask("OPTIONS", "/api/v0/chatbots", ORIGIN)
    expect([plain.status, at(plain.body, "error", "code")]).toEqual([405, "METHOD_NOT_ALLOWED"])
  })
})

const load = (environment: Readonly<Record<string, string>>) =>
  Effect.runPromise(
    Effect.flip(AppConfig.load).pipe(
      Effect.map(({ message }) => message),
      Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnvRecord(environment))
    )
  )

it.each([
  [{ BUTLER_TLS_CERT: pem("cert") }, "BUTLER_TLS_KEY"],
  [{ BUTLER_TLS_CERT: pem("cert"), BUTLER_TLS_KEY: "/nowhere" }, "BUTLER_TLS_KEY"],
  [{ BUTLER_TLS_CERT: pem("key"), BUTLER_TLS_KEY: pem("key") }, "BUTLER_TLS_CERT"],
  [{ BUTLER_CORS_ORIGINS: "example.com" }, "BUTLER_CORS_ORIGINS"],
  [{ BUTLER_TRUST_PROXY: "my proxy" }, "BUTLER_TRUST_PROXY"]
])("a start with %o is refused", async (environment, name) => {
  expect(await load(environment)).toContain(name)
})
