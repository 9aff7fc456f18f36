import { randomUUID } from "node:crypto"
import { createServer, type Server } from "node:http"
import { freshPglite } from "@butler/persistence/testing"
import { type Receiver, startReceiver } from "@butler/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Media, type Operation, operations } from "./openapi/document.ts"
import { fillIn, fixturesOf, hourAgo, iconForm, type Names } from "./openapi/fixtures.ts"
import { at, call, textAt } from "./support/call.ts"
import { type Api, KEY, startApi } from "./support/startApi.ts"

let api: Api
let receiver: Receiver
let site: Server
let origin: string
let fixtures: ReturnType<typeof fixturesOf>

beforeAll(async () => {
  site = createServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<p>Prices</p>"))
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve))
  const address = site.address()
  origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`
  receiver = await startReceiver()
  api = await startApi(freshPglite, { environment: { BUTLER_EGRESS_ALLOW: "127.0.0.1" } })
  fixtures = fixturesOf(api, `${receiver.url}/hook`)
})
afterAll(async () => {
  await api.stop()
  await receiver.stop()
  site.close()
})

/** Examples name things that this server does not have; these are put in their place. */
const OWN: Readonly<Record<string, (names: Names) => Promise<Readonly<Record<string, unknown>>>>> = {
  token: async () => {
    const created = await call(api, "/v1/api-keys", { json: { name: "token", scopes: ["dialogs:read"] } })
    const [, appKey = "", appSecret = ""] = /^(bk_[^_]+)_(.+)$/.exec(textAt(created.body, "key")) ?? []
    return { body: { appKey, appSecret } }
  },
  mergeContacts: async (names) => ({
    from: await fixtures["contactId"]?.(names, ""),
    into: await fixtures["contactId"]?.(names, "")
  }),
  identifyContact: async () => ({ userId: randomUUID() }),
  replayDeliveries: async () => ({ since: hourAgo() }),
  changeWorkspace: async (names) => ({ defaultAgentId: await fixtures["agentId"]?.(names, "/v1/agents") })
}

const QUERY: Readonly<Record<string, () => string>> = { sourceUrl: () => origin }

const query = (operation: Operation): string => {
  if (operation.id === "deleteIcon") return "?iconType=BOT"
  const given = operation.query.map((name) => [name, QUERY[name]?.() ?? expect.fail(`nothing gives ?${name}=`)])
  return given.length === 0 ? "" : `?${new URLSearchParams(Object.fromEntries(given))}`
}

const uploadForm = (): FormData => {
  const form = new FormData()
  form.set("file", new File(["# Hours\n\nWe open at nine."], "hours.md", { type: "text/markdown" }))
  return form
}

interface Request {
  readonly name: string
  readonly search?: string
  readonly body?: FormData | string
  readonly type?: string
}

/** What a body that is no JSON is shown by. */
const UPLOADS: Readonly<Record<string, () => ReadonlyArray<Request>>> = {
  updateIcon: () => [{ name: "form", body: iconForm() }],
  uploadSource: () => [
    { name: "form", body: uploadForm() },
    { name: "bytes", body: "# Hours", type: "application/octet-stream", search: "?name=hours.md" }
  ]
}

const requestsOf = async (operation: Operation, names: Names): Promise<ReadonlyArray<Request>> => {
  const uploads = UPLOADS[operation.id]?.()
  if (uploads !== undefined) return uploads
  if (operation.bodies.length === 0) return [{ name: "no body" }]
  const examples = operation.bodies.flatMap((media) => media.examples)
  expect(examples, "a body without an example").not.toEqual([])
  const own = await OWN[operation.id]?.(names)
  return examples.map(([name, value]) => {
    const kept =
      own === undefined ? {} : Object.fromEntries(Object.entries(own).filter(([key]) => at(value, key) !== undefined))
    return { name, body: JSON.stringify({ ...Object(value), ...kept }), type: "application/json" }
  })
}

const send = (operation: Operation, url: string, request: Request, key: string | null = KEY): Promise<Response> =>
  fetch(url, {
    method: operation.method,
    headers: {
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(request.type !== undefined && { "content-type": request.type })
    },
    ...(request.body !== undefined && { body: request.body })
  })

const mediaOf = (documented: ReadonlyArray<Media>, type: string): Media | undefined =>
  documented.find(
    (media) => media.type.split(";")[0] === type || (media.type === "image/*" && type.startsWith("image/"))
  )

/** The answer has an expected status, and the form that is documented for it. */
const judge = async (operation: Operation, response: Response, accepted: (status: number) => boolean) => {
  const text = await response.text()
  expect(response.status, text).toSatisfy(accepted)
  const documented = operation.responses.get(response.status)
  expect(documented, `${response.status} is not documented`).toBeDefined()
  const type = (response.headers.get("content-type") ?? "").split(";")[0] ?? ""
  if (documented === undefined || documented.length === 0) return expect(text).toBe("")
  const media = mediaOf(documented, type)
  expect(media, `${type} is not documented`).toBeDefined()
  if (/[/+]json$/.test(type)) expect(media?.issues(JSON.parse(text)), text).toEqual([])
}

describe.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  "%s",
  (_, operation) => {
    it("has examples that its own schemas accept", () => {
      for (const media of [...operation.bodies, ...[...operation.responses.values()].flat()]) {
        for (const [name, value] of media.examples) expect(media.issues(value), name).toEqual([])
      }
    })

    it("answers each example as documented", async () => {
      const [path, names] = await fillIn(fixtures, operation.path)
      for (const request of await requestsOf(operation, names)) {
        const response = await send(operation, `${api.url}${path}${request.search ?? query(operation)}`, request)
        await judge(operation, response, (status) => status < 300)
      }
    })

    it.skipIf(operation.open)("refuses a call without a key as documented", async () => {
      const path = operation.path.replaceAll(/\{\w+\}/g, "1")
      const response = await send(operation, `${api.url}${path}`, { name: "refused" }, null)
      await judge(operation, response, (status) => status === 401)
    })
  }
)
