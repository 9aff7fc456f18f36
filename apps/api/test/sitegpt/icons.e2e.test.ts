import { freshPglite } from "@butler/persistence/testing"
import sharp from "sharp"
import { afterAll, beforeAll, expect, it } from "vitest"
import { at, call, listAt, textAt } from "../support/call.ts"
import { type Api, KEY, startApi } from "../support/startApi.ts"

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64"
)
const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64")

/** Noise, so that half of its file is half a picture. */
const noise = sharp({
  create: { width: 40, height: 20, channels: 3, background: "white", noise: { type: "gaussian", mean: 128, sigma: 40 } }
})

let api: Api
let bot: string
beforeAll(async () => {
  api = await startApi(freshPglite, { environment: { BUTLER_SAMPLE: "off" } })
  bot = `/api/v0/chatbots/${textAt((await call(api, "/v1/agents")).body, "data", 0, "id")}`
})
afterAll(() => api.stop())

const upload = async (bytes: Uint8Array, iconType = "BOT", chatbot = bot) => {
  const form = new FormData()
  form.set("iconSrc", new File([new Uint8Array(bytes)], "icon.png", { type: "image/png" }))
  form.set("iconType", iconType)
  const response = await fetch(`${api.url}${chatbot}/icons`, {
    method: "POST",
    body: form,
    headers: { authorization: `Bearer ${KEY}` }
  })
  const body: unknown = await response.json()
  return { status: response.status, body }
}
const settings = async () => at((await call(api, bot)).body, "data", "chatbot", "settings")

/** The picture that is shown after an upload. */
const shown = async (bytes: Uint8Array) => {
  expect((await upload(bytes)).status).toBe(200)
  const served = await fetch(`${api.url}/api/v0/icons/${textAt(await settings(), "iconSrcId")}`)
  const body = Buffer.from(await served.arrayBuffer())
  return { type: served.headers.get("content-type"), body, facts: await sharp(body, { animated: true }).metadata() }
}

it("a picture is stored, served back as what it is to anybody, replaced and taken away", async () => {
  const done = { success: true, message: "Updated the chatbot icon successfully", data: null }
  expect(await upload(PNG)).toEqual({ status: 200, body: done })
  const first = `/api/v0/icons/${textAt(await settings(), "iconSrcId")}`
  const served = await fetch(`${api.url}${first}`)
  expect([served.status, served.headers.get("content-type")]).toEqual([200, "image/png"])
  expect(served.headers.get("x-content-type-options")).toBe("nosniff")
  expect(served.headers.get("cache-control")).toContain("immutable")
  const drawn = await sharp(await served.arrayBuffer())
    .raw()
    .toBuffer()
  expect(drawn).toEqual(await sharp(PNG).raw().toBuffer())
  await upload(GIF)
  const second = `/api/v0/icons/${textAt(await settings(), "iconSrcId")}`
  expect((await fetch(`${api.url}${second}`)).headers.get("content-type")).toBe("image/gif")
  expect((await call(api, first, { key: null })).status).toBe(404)
  await upload(PNG, "PERSON")
  const inList = await call(api, `${bot}/icons`, { method: "DELETE", json: ["BOT"] })
  expect([inList.status, listAt(inList.body, "error", "details").length]).toEqual([400, 1])
  expect(at(await settings(), "iconSrcId")).toBeDefined()
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

it("a chatbot's pictures go with it", async () => {
  const made = await call(api, "/api/v0/chatbots", { json: { chatbotName: "Other" } })
  const other = `/api/v0/chatbots/${textAt(made.body, "data", "chatbot", "id")}`
  await upload(PNG, "WATERMARK", other)
  const { body } = await call(api, other)
  const icon = `/api/v0/icons/${textAt(body, "data", "chatbot", "settings", "watermarkIconSrcId")}`
  expect((await call(api, icon, { key: null })).status).toBe(200)
  await call(api, other, { method: "DELETE" })
  expect((await call(api, icon, { key: null })).status).toBe(404)
})

it("a picture is drawn anew: upright, and with nothing beside its pixels", async () => {
  const photo = await noise
    .clone()
    .jpeg()
    .withExif({ IFD0: { Copyright: "where I live" } })
    .withMetadata({ orientation: 6 })
    .toBuffer()
  const polyglot = Buffer.concat([photo, Buffer.from("<script>alert(1)</script>")])
  const { body, facts, type } = await shown(polyglot)
  expect([type, facts.format, facts.width, facts.height]).toEqual(["image/jpeg", "jpeg", 20, 40])
  expect(facts.exif).toBeUndefined()
  expect(body.includes("script")).toBe(false)
})

const frame = (background: string) => sharp({ create: { width: 8, height: 8, channels: 3, background } }).png()

it.each(["gif", "webp"] as const)("an animated %s stays animated", async (format) => {
  const frames = await Promise.all(["red", "blue"].map((color) => frame(color).toBuffer()))
  const animated = await sharp(frames, { join: { animated: true } })
    .toFormat(format)
    .toBuffer()
  const { facts, type } = await shown(animated)
  expect([type, facts.pages, facts.width, facts.pageHeight]).toEqual([`image/${format}`, 2, 8, 8])
})

it("what is no picture, or one that may not be, is refused, and nothing changes", async () => {
  const before = await settings()
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>alert(1)</script></svg>'
  )
  const whole = await Promise.all([noise.clone().png().toBuffer(), noise.clone().jpeg().toBuffer()])
  const bomb = await sharp({
    create: { width: 4097, height: 4096, channels: 3, background: "red" }
  })
    .png()
    .toBuffer()
  const wrong = [
    Buffer.from("no picture"),
    svg,
    Buffer.alloc(0),
    Buffer.alloc(2_000_000),
    bomb,
    await noise.clone().tiff().toBuffer(),
    ...whole.map((bytes) => bytes.subarray(0, bytes.length / 2))
  ]
  for (const bytes of wrong) {
    expect(await upload(bytes)).toMatchObject({
      status: 400,
      body: { success: false, error: { code: "REQUEST_VALIDATION_FAILED" } }
    })
  }
  expect((await call(api, `${bot}/icons`, { json: { iconType: "BOT" } })).status).toBe(400)
  const logo = await upload(PNG, "LOGO")
  expect(listAt(logo.body, "error", "details").map((issue) => at(issue, "field"))).toEqual(["iconType"])
  const form = new FormData()
  form.set("iconSrc", "icon.png")
  const headers = { authorization: `Bearer ${KEY}` }
  const none = await fetch(`${api.url}${bot}/icons`, { method: "POST", body: form, headers })
  const body: unknown = await none.json()
  expect(listAt(body, "error", "details")).toMatchObject([
    { field: "iconType", message: "is required" },
    { field: "iconSrc", message: "must be a file" }
  ])
  expect(await settings()).toEqual(before)
})
