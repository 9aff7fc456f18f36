import { freshPglite } from "@butler/persistence/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, listAt, textAt } from "../support/call.ts"
import { type Api, startApi } from "../support/startApi.ts"

const BRANDS = "/api/v0/w/brands"
const QUOTAS = { chatbotsQuota: 1, linksQuota: 25, filesQuota: 10, combinedMessagesQuota: 25, membersQuota: 1 }
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
let api: Api
let brandId: string
let stranger: string

const done = (message: string, data: unknown) => ({ status: 200, body: { success: true, message, data } })
const addUser = (json: Readonly<Record<string, unknown>>, brand = brandId) =>
  call(api, `${BRANDS}/${brand}/users`, { json })
const patch = (path: string, json: unknown) => call(api, path, { method: "PATCH", json })

beforeAll(async () => {
  api = await startApi(freshPglite, { environment: { BUTLER_SAMPLE: "off", BUTLER_RATE_PER_MINUTE: "0" } })
  const made = await call(api, "/v1/workspaces", { json: { name: "Stranger" } })
  stranger = textAt(made.body, "apiKey", "key")
  const brand = await call(api, "/v1/brands", {
    json: {
      name: "PSDK",
      domain: "app.brand.com",
      marketingDomain: "brand.com",
      supportEmail: "support@brand.com",
      color: "#000000",
      terms: "https://brand.com/terms",
      privacyPolicy: "https://brand.com/privacy",
      metaDetails: { title: "Number One brand" },
      emailSettings: { resendApiKey: "re_12e2e2cvwev", fromName: "Brand", fromEmail: "login@brand.com" },
      defaultQuota: QUOTAS
    }
  })
  expect(brand.status).toBe(201)
  brandId = textAt(brand.body, "id")
})
afterAll(() => api.stop())

describe("a brand", () => {
  it("is shown as the vendor shows one, its mail service's key by its end alone", async () => {
    const shown = {
      id: brandId,
      name: "PSDK",
      domain: "app.brand.com",
      marketingDomain: "brand.com",
      supportEmail: "support@brand.com",
      color: "#000000",
      createdAt: TIME,
      updatedAt: TIME,
      metaDetails: { title: "Number One brand", description: "", ogImage: "" },
      terms: "https://brand.com/terms",
      privacyPolicy: "https://brand.com/privacy",
      ownedById: textAt((await call(api, "/v1/workspace")).body, "id"),
      logo: "",
      fullLogo: "",
      emailSettings: {
        resendApiKey: "****vwev",
        fromName: "Brand",
        fromEmail: "login@brand.com",
        replyToEmail: ""
      },
      defaultQuota: QUOTAS
    }
    expect(await call(api, BRANDS)).toMatchObject(
      done("Fetched the whitelabel brands successfully", { brands: [shown] })
    )
    expect((await call(api, `${BRANDS}?page=2`)).body).toMatchObject({ data: { brands: [] } })
    expect((await call(api, `${BRANDS}/${brandId}`)).body).toEqual(
      done("Fetched the whitelabel brand successfully", { brand: shown }).body
    )
  })

  it("is changed and deleted natively, but not while it has users", async () => {
    const made = await call(api, "/v1/brands", { json: { name: "Short-lived" } })
    const path = `/v1/brands/${textAt(made.body, "id")}`
    expect(made).toMatchObject({ status: 201, body: { domain: "", emailSettings: { resendApiKey: "" } } })
    const changed = await patch(path, {
      name: "Other",
      metaDetails: { title: "T" },
      emailSettings: { resendApiKey: "re_1" }
    })
    expect(changed).toMatchObject({
      status: 200,
      body: { name: "Other", metaDetails: { title: "T" }, emailSettings: { resendApiKey: "****" } }
    })
    await patch(path, { color: "red", emailSettings: { resendApiKey: null } })
    expect((await call(api, path)).body).toMatchObject({
      name: "Other",
      color: "red",
      metaDetails: { title: "T" },
      emailSettings: { resendApiKey: "" }
    })
    await addUser({ email: "ada@example.com", ...QUOTAS }, textAt(made.body, "id"))
    const remove = (address: string) => call(api, address, { method: "DELETE" })
    expect(await remove(path)).toMatchObject({ status: 409, body: { code: "brand_in_use" } })
    const unused = await call(api, "/v1/brands", { json: { name: "Unused" } })
    const other = `/v1/brands/${textAt(unused.body, "id")}`
    expect((await remove(other)).status).toBe(204)
    expect(await remove(other)).toMatchObject({ status: 404, body: { code: "brand_not_found" } })
    expect(listAt((await call(api, "/v1/brands")).body, "data").map((brand) => at(brand, "name"))).toEqual([
      "PSDK",
      "Other"
    ])
  })

  it("is made for another workspace by who may make workspaces, and by nobody else", async () => {
    const workspaceId = textAt((await call(api, "/v1/workspace", { key: stranger })).body, "id")
    const json = { name: "Theirs", workspaceId }
    expect(await call(api, "/v1/brands", { json, key: stranger })).toMatchObject({
      status: 403,
      body: { code: "forbidden" }
    })
    expect((await call(api, "/v1/brands", { json })).body).toMatchObject({ workspaceId })
    const theirs = await call(api, BRANDS, { key: stranger })
    expect(listAt(theirs.body, "data", "brands").map((brand) => at(brand, "name"))).toEqual(["Theirs"])
    const nowhere = { name: "Nobody's", workspaceId: "3f2504e0-4f89-41d3-9a0c-0305e82c3301" }
    expect(at((await call(api, "/v1/brands", { json: nowhere })).body, "issues", 0, "path")).toBe("workspaceId")
  })

  it.each([
    [{}, "name"],
    [{ name: "" }, "name"],
    [{ name: "A", domain: "no host" }, "domain"],
    [{ name: "A", supportEmail: "nobody" }, "supportEmail"],
    [{ name: "A", terms: "javascript:alert(1)" }, "terms"],
    [{ name: "A", defaultQuota: { ...QUOTAS, filesQuota: -1 } }, "defaultQuota.filesQuota"],
    [{ name: "A", emailSettings: { resendApiKey: 1 } }, "emailSettings.resendApiKey"]
  ])("is refused as %o", async (json, path) => {
    const { body, status } = await call(api, "/v1/brands", { json })
    expect([status, at(body, "issues", 0, "path")]).toEqual([400, path])
  })
})
