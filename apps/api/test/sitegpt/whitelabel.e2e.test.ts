import { routes } from "@butler/contracts/openapi"
import { freshPglite } from "@butler/persistence/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, listAt, textAt } from "../support/call.ts"
import { type Api, startApi } from "../support/startApi.ts"

const BRANDS = "/api/v0/w/brands"
const UNKNOWN = "1"
const QUOTAS = { chatbotsQuota: 1, linksQuota: 25, filesQuota: 10, combinedMessagesQuota: 25, membersQuota: 1 }
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
const ID = expect.stringMatching(/^[1-9]\d{10,18}$/)
const INTEGRATIONS = {
  integrations: true,
  googleChatIntegration: true,
  messengerChatIntegration: true,
  crispChatIntegration: true,
  slackChatIntegration: true,
  zendeskChatIntegration: true
}
const FEATURES = { watermark: true, api: true, webhooks: true, functions: true, ...INTEGRATIONS }

let api: Api
let brandId: string
let stranger: string

const json = (method: string) =>
  method === "POST" || method === "PATCH"
    ? { json: { name: "Mallory", email: "mallory@example.com", ...QUOTAS, linksQuota: 999 } }
    : {}

const done = (message: string, data: unknown) => ({ status: 200, body: { success: true, message, data } })
const refused = (status: number, code: string) => ({ status, body: { success: false, data: null, error: { code } } })

const addUser = (json: Readonly<Record<string, unknown>>, brand = brandId) =>
  call(api, `${BRANDS}/${brand}/users`, { json })
const newUser = async (email: string) =>
  textAt((await addUser({ email, ...QUOTAS })).body, "data", "whitelabelUser", "id")
const userAt = (userId: string) => `${BRANDS}/${brandId}/users/${userId}`
const patch = (path: string, json?: unknown, key?: string) =>
  call(api, path, { method: "PATCH", ...(json !== undefined && { json }), ...(key !== undefined && { key }) })
const generate = async (userId: string) => textAt((await patch(`${userAt(userId)}/api-key`)).body, "data", "apiKey")

beforeAll(async () => {
  api = await startApi(freshPglite, { environment: { BUTLER_SAMPLE: "off", BUTLER_RATE_PER_MINUTE: "0" } })
  const made = await call(api, "/v1/workspaces", { json: { name: "Stranger" } })
  stranger = textAt(made.body, "apiKey", "key")
  const brand = await call(api, "/v1/brands", { json: { name: "Brand" } })
  brandId = textAt(brand.body, "id")
})
afterAll(() => api.stop())

describe("a white-label user", () => {
  it("is added, shown and changed in the vendor's words", async () => {
    const added = await addUser({ email: "Ada@example.com", ...QUOTAS, unknown: 1 })
    const userId = textAt(added.body, "data", "whitelabelUser", "id")
    const user = {
      id: ID,
      brandId,
      email: "Ada@example.com",
      name: "",
      profilePic: "",
      ...QUOTAS,
      createdAt: TIME,
      updatedAt: TIME
    }
    expect(added.body).toEqual(
      done("Added new whitelabel user of your brand successfully", { whitelabelUser: user }).body
    )
    expect((await call(api, userAt(userId))).body).toEqual(
      done("Fetched the whitelabel user successfully", { whitelabelUser: user }).body
    )
    const whole = await call(api, `${userAt(userId)}?includeApiKey=true&includeFeatures=true`)
    expect(whole.body).toMatchObject({ data: { whitelabelUser: { ...user, apiKey: null, features: FEATURES } } })
    const change = { linksQuota: 0, membersQuota: null, features: { slackChatIntegration: false, teleport: true } }
    const changed = { ...user, linksQuota: 0, features: { ...FEATURES, slackChatIntegration: false } }
    expect((await patch(userAt(userId), change)).body).toEqual(
      done("Updated the whitelabel user of the brand successfully", { whitelabelUser: changed }).body
    )
    expect((await call(api, `${userAt(userId)}?includeFeatures=true`)).body).toMatchObject({
      data: { whitelabelUser: changed }
    })
    expect((await patch(userAt(userId))).status).toBe(200)
  })

  it.each([
    [
      { email: "nobody" },
      ["email", "chatbotsQuota", "linksQuota", "filesQuota", "combinedMessagesQuota", "membersQuota"]
    ],
    [{ ...QUOTAS }, ["email"]],
    [{ email: "a@example.com", ...QUOTAS, chatbotsQuota: -1 }, ["chatbotsQuota"]],
    [{ email: "a@example.com", ...QUOTAS, linksQuota: 1.5 }, ["linksQuota"]],
    [{ email: "a@example.com", ...QUOTAS, filesQuota: "10" }, ["filesQuota"]],
    [{ email: "a@example.com", ...QUOTAS, combinedMessagesQuota: 2_147_483_648 }, ["combinedMessagesQuota"]],
    [{ email: "a@example.com", ...QUOTAS, membersQuota: null }, ["membersQuota"]]
  ])("is refused as %o", async (json, fields) => {
    const { body, status } = await addUser(json)
    expect([status, at(body, "error", "code")]).toEqual([400, "REQUEST_VALIDATION_FAILED"])
    expect(listAt(body, "error", "details").map((issue) => at(issue, "field"))).toEqual(fields)
  })

  it("is refused where another of the brand has the address, and changed by nothing that is wrong", async () => {
    const userId = await newUser("taken@example.com")
    const again = await addUser({ email: "TAKEN@example.com", ...QUOTAS })
    expect(again).toMatchObject(refused(400, "REQUEST_VALIDATION_FAILED"))
    expect(at(again.body, "error", "details", 0, "field")).toBe("email")
    const before = await call(api, `${userAt(userId)}?includeFeatures=true`)
    for (const [wrong, field] of [
      [{ linksQuota: -1, filesQuota: 99 }, "linksQuota"],
      [{ chatbotsQuota: "many" }, "chatbotsQuota"],
      [{ features: { api: "no" } }, "features.api"],
      [{ features: [] }, "features"]
    ] as const) {
      const { body, status } = await patch(userAt(userId), wrong)
      expect([status, at(body, "error", "details", 0, "field")]).toEqual([400, field])
    }
    expect((await call(api, `${userAt(userId)}?includeFeatures=true`)).body).toEqual(before.body)
  })

  it("does not exist under another id or brand; other methods are refused", async () => {
    const userId = await newUser("grace@example.com")
    const other = textAt((await call(api, "/v1/brands", { json: { name: "Sibling" } })).body, "id")
    const missing = refused(404, "WHITELABEL_USER_NOT_FOUND")
    for (const path of [userAt(UNKNOWN), userAt("nonsense"), `${BRANDS}/${other}/users/${userId}`]) {
      expect(await call(api, path)).toMatchObject(missing)
      expect(await patch(path, { linksQuota: 1 })).toMatchObject(missing)
      expect(await patch(`${path}/api-key`)).toMatchObject(missing)
    }
    for (const brand of [UNKNOWN, "nonsense", "38591051554671453681"]) {
      expect(await call(api, `${BRANDS}/${brand}`)).toMatchObject(refused(404, "BRAND_NOT_FOUND"))
      expect(await addUser({ email: "a@example.com", ...QUOTAS }, brand)).toMatchObject(refused(404, "BRAND_NOT_FOUND"))
    }
    for (const [method, path] of [
      ["POST", BRANDS],
      ["DELETE", `${BRANDS}/${brandId}`],
      ["GET", `${BRANDS}/${brandId}/users`],
      ["DELETE", userAt(userId)],
      ["POST", `${userAt(userId)}/api-key`]
    ] as const) {
      expect(await call(api, path, { method })).toMatchObject(refused(405, "METHOD_NOT_ALLOWED"))
    }
  })
})

describe("a white-label user's key", () => {
  it("is generated, shown again, and replaced by the next one", async () => {
    const userId = await newUser("key@example.com")
    const made = await patch(`${userAt(userId)}/api-key`)
    const first = textAt(made.body, "data", "apiKey")
    expect(made.body).toEqual(
      done("Generated API key of the whitelabel user successfully", {
        userId,
        userEmail: "key@example.com",
        apiKey: expect.stringMatching(/^bk_[a-z0-9]{16}_[\w-]{43}$/)
      }).body
    )
    const shown = async () => {
      const { body } = await call(api, `${userAt(userId)}?includeApiKey=1`)
      return at(body, "data", "whitelabelUser", "apiKey")
    }
    expect(await shown()).toBe(first)
    expect((await call(api, "/v1/workspace", { key: first })).status).toBe(200)
    const own = textAt((await call(api, "/v1/api-keys", { key: first, json: { name: "own" } })).body, "key")
    const second = await generate(userId)
    expect(await shown()).toBe(second)
    expect(await call(api, "/api/v0/chatbots", { key: first })).toMatchObject(refused(401, "API_KEY_NOT_VALID"))
    expect((await call(api, "/v1/workspace", { key: second })).status).toBe(200)
    expect((await call(api, "/v1/workspace", { key: own })).status).toBe(200)
  })

  it("opens its own workspace on every face, and nothing of the reseller's, nor the other way round", async () => {
    const userId = await newUser("own@example.com")
    const key = await generate(userId)
    const made = await call(api, "/api/v0/chatbots", { key, json: { chatbotName: "Mine" } })
    expect(made).toMatchObject({
      status: 200,
      body: { data: { chatbot: { createdById: userId, createdByEmail: "own@example.com" } } }
    })
    const chatbotId = textAt(made.body, "data", "chatbot", "id")
    const listed = await call(api, "/api/v0/chatbots", { key })
    expect(listAt(listed.body, "data", "chatbots").map((chatbot) => at(chatbot, "id"))).toEqual([chatbotId])
    const sent = await call(api, `/api/v0/chatbots/${chatbotId}/message`, { key, json: { message: "Hello" } })
    expect(sent.status).toBe(200)
    const threadId = textAt(sent.body, "data", "threadId")
    expect((await call(api, `/v1/dialogs/${threadId}`, { key })).status).toBe(200)
    const asked = await call(api, "/api/open/v4/butler/chat/completions", { key, json: { query: "Hello" } })
    expect(asked.status).toBe(200)
    // The reseller's own key does not see into it.
    expect((await call(api, `/v1/dialogs/${threadId}`)).status).toBe(404)
    expect(await call(api, `/api/v0/chatbots/${chatbotId}`)).toMatchObject(refused(404, "CHATBOT_NOT_FOUND"))
    expect(JSON.stringify((await call(api, "/v1/agents")).body)).not.toContain(chatbotId)
    // And it is no reseller.
    expect(await call(api, BRANDS, { key })).toMatchObject(refused(403, "CHATBOT_FETCH_FORBIDDEN"))
    expect(await patch(userAt(userId), { combinedMessagesQuota: 99 }, key)).toMatchObject(
      refused(403, "CHATBOT_FETCH_FORBIDDEN")
    )
  })

  it("is shown to none who may not change the user", async () => {
    const userId = await newUser("hidden@example.com")
    await generate(userId)
    const reader = await call(api, "/v1/api-keys", { json: { name: "reader", scopes: ["brands:read"] } })
    const key = textAt(reader.body, "key")
    expect((await call(api, userAt(userId), { key })).status).toBe(200)
    expect(await call(api, `${userAt(userId)}?includeApiKey=true`, { key })).toMatchObject(
      refused(403, "CHATBOT_FETCH_FORBIDDEN")
    )
  })
})

describe("another workspace's brand", () => {
  const ofBrands = routes.filter(({ path }) => /^\/(?:api\/v0\/w|v1)\/brands\/:brandId/.test(path))
  let userId: string
  beforeAll(async () => {
    userId = await newUser("isolated@example.com")
    await generate(userId)
  })

  const addressOf = (path: string) => path.replace(":brandId", brandId).replace(":userId", userId)
  const state = async () =>
    (await Promise.all([call(api, `${BRANDS}/${brandId}`), call(api, `${userAt(userId)}?includeApiKey=true`)])).map(
      ({ body }) => body
    )

  it("has routes to try", () => {
    expect(ofBrands.length).toBe(8)
  })

  it.each(ofBrands)("does not exist for $method $path", async ({ method, path }) => {
    const before = await state()
    const answer = await call(api, addressOf(path), { method, key: stranger, ...json(method) })
    const code = at(answer.body, "error", "code") ?? at(answer.body, "code")
    expect(answer.status).toBe(404)
    expect(code).toBe(path.startsWith("/v1") ? "brand_not_found" : "BRAND_NOT_FOUND")
    expect(await state()).toEqual(before)
  })

  it.each(ofBrands)("nobody without a key gets to $method $path", async ({ method, path }) => {
    expect((await call(api, addressOf(path), { method, key: null, ...json(method) })).status).toBe(401)
  })
})
