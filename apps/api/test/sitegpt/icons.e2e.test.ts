import { freshPglite } from "@butler/persistence/testing"
import { afterAll, beforeAll, expect, it } from "vitest"
import { at, call, textAt } from "../support/call.ts"
import { type Api, KEY, startApi } from "../support/startApi.ts"

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64"
)
const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64")

let api: Api
let bot: string
beforeAll(async () => {
  api = await startApi(freshPglite, { environment: { BUTLER_SAMPLE: "off" } })
  bot = `/api/v0/chatbots/${textAt((await call(api, "/v1/agents")).body, "data", 0, "id")}`
})
afterAll(() => api.stop())

const upload = async (bytes: Uint8Array<ArrayBuffer>, iconType = "BOT", name = "icon.png") => {
  const form = new FormData()
  form.set("iconSrc", new File([bytes], name, { type: "image/png" }))
  form.set("iconType", iconType)
  const response = await fetch(`${api.url}${bot}/icons`, {
    method: "POST",
    body: form,
    headers: { authorization: `Bearer ${KEY}` }
  })
  const body: unknown = await response.json()
  return { status: response.status, body }
}
const settings = async () => at((await call(api, bot)).body, "data", "chatbot", "settings")

it("a picture is stored, served back as what it is to anybody, replaced and taken away", async () => {
  const done = { success: true, message: "Updated the chatbot icon successfully", data: null }
  expect(await upload(new Uint8Array(PNG))).toEqual({ status: 200, body: done })
  const first = `/api/v0/icons/${textAt(await settings(), "iconSrcId")}`
  const served = await fetch(`${api.url}${first}`)
  expect([served.status, served.headers.get("content-type")]).toEqual([200, "image/png"])
  expect(served.headers.get("x-content-type-options")).toBe("nosniff")
  expect(Buffer.from(await served.arrayBuffer())).toEqual(PNG)
  await upload(new Uint8Array(GIF))
  const second = `/api/v0/icons/${textAt(await settings(), "iconSrcId")}`
  expect((await fetch(`${api.url}${second}`)).headers.get("content-type")).toBe("image/gif")
  expect((await call(api, first, { key: null })).status).toBe(404)
  await upload(new Uint8Array(PNG), "PERSON")
  expect((await call(api, `${bot}/icons?iconType=BOT`, { method: "DELETE" })).body).toEqual({
    success: true,
    message: "Deleted the chatbot icon successfully",
    data: null
  })
  expect(at(await settings(), "iconSrcId")).toBeUndefined()
  expect(at(await settings(), "personIconSrcId")).toBeDefined()
  await call(api, `${bot}/icons`, { method: "DELETE" })
  expect(at(await settings(), "personIconSrcId")).toBeUndefined()
  expect(await call(api, second, { key: null })).toMatchObject({
    status: 404,
    body: { error: { code: "ICON_NOT_FOUND" } }
  })
})

it("what is no picture, or of an unknown kind, is refused, and nothing changes", async () => {
  const before = await settings()
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>alert(1)</script></svg>'
  )
  const wrong = [
    await upload(new Uint8Array(Buffer.from("no picture"))),
    await upload(new Uint8Array(svg)),
    await upload(new Uint8Array(0)),
    await upload(new Uint8Array(PNG), "LOGO"),
    await upload(new Uint8Array(2_000_000))
  ]
  for (const answer of wrong) {
    expect(answer).toMatchObject({
      status: 400,
      body: { success: false, error: { code: "REQUEST_VALIDATION_FAILED" } }
    })
  }
  expect((await call(api, `${bot}/icons`, { json: { iconType: "BOT" } })).status).toBe(400)
  expect(await settings()).toEqual(before)
})
