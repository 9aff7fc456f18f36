import { engines } from "@butler/persistence/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, COMPLETIONS, listAt, say, textAt } from "./support/call.ts"
import { type Api, KEY, startApi } from "./support/startApi.ts"

for (const [engine, database] of engines) {
  describe(`keys on ${engine}`, () => {
    let api: Api
    beforeAll(async () => {
      api = await startApi(database)
    })
    afterAll(() => api.stop())

    const newKey = async (json: Readonly<Record<string, unknown>>, key = KEY) => {
      const { body, status } = await call(api, "/v1/api-keys", { json: { name: "test", ...json }, key })
      return { status, body, id: textAt(body, "id"), key: textAt(body, "key") }
    }

    const statusWith = async (key: string | null) => (await call(api, "/v1/dialogs", { key })).status

    it.each([
      ["missing", null],
      ["of another form", "nonsense"],
      ["empty", ""],
      ["unknown", KEY.replace("0123456789abcdef", "fedcba9876543210")],
      ["with a wrong secret", `${KEY.slice(0, -1)}H`],
      ["longer than a key", `${KEY}x`]
    ])("a key that is %s is answered 401 on both faces, before the body is looked at", async (_, key) => {
      const butler = await call(api, COMPLETIONS, { key, raw: "{" })
      expect(butler.body).toMatchObject({ code: 401, data: null, error: { type: "unauthenticated" } })
      expect(butler.headers.get("www-authenticate")).toBe("Bearer")
      expect((await call(api, "/v1/dialogs", { key })).body).toMatchObject({ status: 401, code: "unauthenticated" })
    })

    it("a new key is shown once, works, and is kept as a digest alone", async () => {
      const made = await newKey({ scopes: ["dialogs:read"] })
      expect(made.status).toBe(201)
      expect(made.key).toMatch(/^bk_[a-z0-9]{16}_[A-Za-z0-9_-]{43}$/)
      expect(await statusWith(made.key)).toBe(200)
      const listed = (await call(api, "/v1/api-keys")).body
      expect(JSON.stringify(listed)).not.toContain(made.key)
      expect(listAt(listed, "data").map((key) => at(key, "id"))).toContain(made.id)
    })

    it("a revoked key is answered 401 at once, and may be revoked again", async () => {
      const { id, key } = await newKey({ scopes: ["dialogs:read"] })
      expect(await statusWith(key)).toBe(200)
      const revoke = () => call(api, `/v1/api-keys/${id}`, { method: "DELETE" })
      expect(await revoke()).toMatchObject({ status: 204, body: "" })
      expect(await statusWith(key)).toBe(401)
      expect((await revoke()).status).toBe(204)
      expect((await call(api, "/v1/api-keys/0000000000000000", { method: "DELETE" })).body).toMatchObject({
        code: "api_key_not_found"
      })
    })

    it("an expired key is answered 401", async () => {
      const past = await newKey({ scopes: ["dialogs:read"], expiresAt: "2020-01-01T00:00:00Z" })
      const future = await newKey({ scopes: ["dialogs:read"], expiresAt: "2999-01-01T00:00:00+08:00" })
      expect(await statusWith(past.key)).toBe(401)
      expect(await statusWith(future.key)).toBe(200)
    })

    it("a key without the scope is answered 403 on both faces", async () => {
      const { key } = await newKey({ scopes: ["dialogs:read"] })
      expect((await say(api, { query: "hi" }, { key })).body).toMatchObject({ code: 403, error: { type: "forbidden" } })
      expect((await call(api, "/v1/api-keys", { key })).body).toMatchObject({ status: 403, code: "forbidden" })
      expect((await call(api, "/v1/workspace", { key })).status).toBe(200)
    })

    it("a key grants only scopes it has", async () => {
      const maker = await newKey({ scopes: ["api-keys:write", "dialogs:read"] })
      expect((await newKey({ scopes: ["turns:write"] }, maker.key)).body).toMatchObject({ code: "forbidden" })
      const heir = await newKey({}, maker.key)
      expect(at(heir.body, "scopes")).toEqual(["api-keys:write", "dialogs:read"])
    })

    it("a workspace sees nothing of another one", async () => {
      const { body } = await call(api, "/v1/workspaces", { json: { name: "Other" } })
      const key = textAt(body, "apiKey", "key")
      const mine = (await say(api, { query: "hello", userId: "u" })).body
      const dialogId = textAt(mine, "data", "dialogId")
      const foreign = [
        `/v1/dialogs/${dialogId}`,
        `/v1/dialogs/${dialogId}/messages`,
        `/v1/turns/${textAt(mine, "data", "turnId")}`,
        "/v1/knowledge/documents/doc_refund_policy_v1"
      ]
      for (const path of foreign) {
        expect((await call(api, path)).status).toBe(200)
        expect((await call(api, path, { key })).status).toBe(404)
      }
      expect((await say(api, { query: "hello", dialogId }, { key })).body).toMatchObject({
        error: { type: "dialog_not_found" }
      })
      expect(at((await call(api, "/v1/workspace", { key })).body, "name")).toBe("Other")
      expect((await call(api, "/v1/workspaces", { key })).status).toBe(403)
      expect(listAt((await call(api, "/v1/knowledge/documents", { key })).body, "data")).toEqual([])
    })
  })
}
