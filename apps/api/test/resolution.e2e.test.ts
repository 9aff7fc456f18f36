import { engines } from "@butler/persistence/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, listAt, say, textAt } from "./support/call.ts"
import { type Api, startApi } from "./support/startApi.ts"

for (const [engine, database] of engines) {
  describe(`resolution of contact and dialog on ${engine}`, () => {
    let api: Api
    beforeAll(async () => {
      api = await startApi(database, { environment: { BUTLER_SAMPLE: "off" } })
    })
    afterAll(() => api.stop())

    const dialogOf = async (json: Readonly<Record<string, unknown>>): Promise<string> =>
      textAt((await say(api, { query: "hello", ...json })).body, "data", "dialogId")

    const contactOf = async (dialogId: string): Promise<string> =>
      textAt((await call(api, `/v1/dialogs/${encodeURIComponent(dialogId)}`)).body, "contactId")

    const errorOf = async (json: Readonly<Record<string, unknown>>) => {
      const { body, status } = await say(api, { query: "hello", ...json })
      return { status, type: at(body, "error", "type"), data: at(body, "data") }
    }

    it("userId known, its dialogId set: goes on in that dialog", async () => {
      const dialogId = await dialogOf({ userId: "known-1" })
      expect(await dialogOf({ userId: "known-1", dialogId })).toBe(dialogId)
    })

    it("userId known, another contact's dialogId: refused", async () => {
      const dialogId = await dialogOf({ userId: "known-2" })
      await dialogOf({ userId: "known-3" })
      expect(await errorOf({ userId: "known-3", dialogId })).toEqual({
        status: 403,
        type: "dialog_contact_mismatch",
        data: null
      })
    })

    it("userId unknown, dialogId set: refused, and no contact is made", async () => {
      const dialogId = await dialogOf({ userId: "known-4" })
      expect(await errorOf({ userId: "nobody", dialogId })).toMatchObject({
        status: 403,
        type: "dialog_contact_mismatch"
      })
      expect(listAt((await call(api, "/v1/dialogs?userId=nobody")).body, "data")).toEqual([])
    })

    it("userId known, dialogId unset: goes on in the most recently active dialog", async () => {
      const first = await dialogOf({ userId: "known-5" })
      const second = await dialogOf({ userId: "known-5", dialogId: "second of 5", ifMissing: "create" })
      expect(await dialogOf({ userId: "known-5" })).toBe(second)
      await dialogOf({ userId: "known-5", dialogId: first })
      expect(await dialogOf({ userId: "known-5" })).toBe(first)
    })

    it("userId unknown, dialogId unset: a new contact and a new dialog", async () => {
      const one = await dialogOf({ userId: "new-1" })
      const other = await dialogOf({ userId: "new-2" })
      expect(one).toMatch(/^dlg_\d{14}_[a-z0-9]{12,}$/)
      expect(await contactOf(one)).not.toBe(await contactOf(other))
    })

    it("userId unset, dialogId set: the dialog's contact", async () => {
      const dialogId = await dialogOf({ userId: "known-6" })
      expect(await dialogOf({ dialogId })).toBe(dialogId)
    })

    it("both unset, empty or null: an anonymous contact and a new dialog each time", async () => {
      const dialogs = [
        await dialogOf({}),
        await dialogOf({ userId: "", dialogId: "" }),
        await dialogOf({ userId: null, dialogId: null })
      ]
      expect(new Set(dialogs).size).toBe(3)
      const { body } = await call(api, `/v1/dialogs/${dialogs[0]}`)
      expect(at(body, "userId")).toBeNull()
    })

    it("an anonymous dialog with a userId: refused, identity is never attached implicitly", async () => {
      const dialogId = await dialogOf({})
      await dialogOf({ userId: "known-7" })
      expect(await errorOf({ userId: "known-7", dialogId })).toMatchObject({ status: 403 })
    })

    it("an unknown dialogId: refused and not created", async () => {
      expect(await errorOf({ dialogId: "dlg_none" })).toEqual({ status: 404, type: "dialog_not_found", data: null })
      expect(await errorOf({ dialogId: "dlg_none", userId: "known-1" })).toMatchObject({ status: 404 })
      expect((await call(api, "/v1/dialogs/dlg_none")).status).toBe(404)
    })

    it("an unknown dialogId with ifMissing create: made once, for the contact named", async () => {
      const mine = { userId: "creator", dialogId: "我的对话/1 ?#%", ifMissing: "create" }
      const dialogs = await Promise.all(Array.from({ length: 20 }, () => dialogOf(mine)))
      expect(new Set(dialogs)).toEqual(new Set([mine.dialogId]))
      expect(at((await call(api, `/v1/dialogs/${encodeURIComponent(mine.dialogId)}`)).body, "userId")).toBe("creator")
    })

    it("200 first messages of one new user at once: one contact, one dialog, 200 turns in order", async () => {
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, index) => say(api, { query: `message ${index}`, userId: "crowd" }))
      )
      expect(answers.filter(({ body }) => at(body, "data", "status") !== "completed")).toEqual([])
      const dialogs = new Set(answers.map(({ body }) => textAt(body, "data", "dialogId")))
      expect(dialogs.size).toBe(1)
      expect(listAt((await call(api, "/v1/dialogs?userId=crowd")).body, "data")).toHaveLength(1)
      const turns = await Promise.all(
        answers.map(async ({ body }) => (await call(api, `/v1/turns/${textAt(body, "data", "turnId")}`)).body)
      )
      const ordered = turns.toSorted((a, b) => Number(at(a, "sequence")) - Number(at(b, "sequence")))
      expect(ordered.map((turn) => at(turn, "sequence"))).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
      const starts = ordered.map((turn) => Date.parse(textAt(turn, "startedAt")))
      expect(starts).toEqual(starts.toSorted((a, b) => a - b))
    })
  })
}
