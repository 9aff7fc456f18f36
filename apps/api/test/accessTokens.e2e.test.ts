import { engines } from "@butler/persistence/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, COMPLETIONS, say, textAt } from "./support/call.ts"
import { type Api, KEY, startApi } from "./support/startApi.ts"

/** `bk_<id>` and the secret behind it. */
const partsOf = (key: string) => ({ appKey: key.slice(0, 19), appSecret: key.slice(20) })

for (const [engine, database] of engines) {
  describe(`access tokens on ${engine}`, () => {
    let api: Api
    beforeAll(async () => {
      api = await startApi(database)
    })
    afterAll(() => api.stop())

    const exchange = (body: unknown) => call(api, "/api/open/v3/token", { key: null, json: { body } })
    const newKey = async (json: object) => {
      const { body } = await call(api, "/v1/api-keys", { json: { name: "k", ...json } })
      return { id: textAt(body, "id"), key: textAt(body, "key") }
    }
    const tokenOf = async (key: string) => textAt((await exchange(partsOf(key))).body, "data", "entity", "accessToken")

    it("a key's two parts get a token that goes wherever the key goes", async () => {
      const { body, status } = await exchange(partsOf(KEY))
      expect(status).toBe(200)
      const accessToken = expect.stringMatching(/^bt_[a-z0-9]{16}_[\w-]{43}$/)
      expect(body).toEqual({
        code: 200,
        message: "success",
        data: { entity: { accessToken, accessTokenExpireIn: 7200 } }
      })
      const token = textAt(body, "data", "entity", "accessToken")
      const asked = { key: null, json: { query: "hello" } }
      for (const headers of [{ authorization: `Bearer ${token}` }, { authorization: token }, { "x-api-key": token }]) {
        expect((await call(api, COMPLETIONS, { ...asked, headers })).status).toBe(200)
      }
      expect((await call(api, "/v1/dialogs", { key: token })).status).toBe(200)
    })

    it("a token may what its key may, and dies with it", async () => {
      const { id, key } = await newKey({ scopes: ["dialogs:read"] })
      const token = await tokenOf(key)
      expect((await call(api, "/v1/dialogs", { key: token })).status).toBe(200)
      expect((await say(api, { query: "hello" }, { key: token })).body).toMatchObject({
        error: { type: "forbidden" }
      })
      await call(api, `/v1/api-keys/${id}`, { method: "DELETE" })
      expect((await call(api, "/v1/dialogs", { key: token })).status).toBe(401)
      expect((await exchange(partsOf(key))).status).toBe(401)
    })

    it("a token ends with a key that ends sooner", async () => {
      const { key } = await newKey({ expiresAt: new Date(Date.now() + 60_000).toISOString() })
      const seconds = Number(at((await exchange(partsOf(key))).body, "data", "entity", "accessTokenExpireIn"))
      expect(seconds).toBeGreaterThan(30)
      expect(seconds).toBeLessThanOrEqual(60)
    })

    it("a wrong secret, an unknown key, an expired one and a token are refused alike", async () => {
      const { appKey, appSecret } = partsOf(KEY)
      const expired = await newKey({ expiresAt: "2020-01-01T00:00:00Z" })
      const token = await tokenOf(KEY)
      const refused = [
        { appKey, appSecret: `x${appSecret.slice(1)}` },
        { appKey: "bk_0000000000000000", appSecret },
        { appKey: "nobody", appSecret: "nothing" },
        partsOf(expired.key),
        partsOf(token)
      ]
      for (const body of refused) {
        const answer = await exchange(body)
        expect(answer.status).toBe(401)
        expect(answer.body).toMatchObject({ code: 401, data: null, error: { type: "unauthenticated" } })
      }
      const half = await exchange({ appKey })
      expect(half.body).toMatchObject({ code: 400, error: { issues: [{ path: "body.appSecret" }] } })
    })

    it("a token that was tampered with is none", async () => {
      const token = await tokenOf(KEY)
      const wrong = [
        `${token.slice(0, -1)}${token.endsWith("A") ? "E" : "A"}`,
        token.replace("bt_", "bk_"),
        token.slice(0, -1)
      ]
      for (const key of wrong) expect((await call(api, "/v1/dialogs", { key })).status).toBe(401)
    })
  })
}
