import { engines } from "@butler/persistence/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, listAt, say, textAt } from "./support/call.ts"
import { type Api, startApi } from "./support/startApi.ts"

for (const [engine, database] of engines) {
  describe(`contacts on ${engine}`, () => {
    let api: Api
    beforeAll(async () => {
      api = await startApi(database, { environment: { BUTLER_SAMPLE: "off" } })
    })
    afterAll(() => api.stop())

    /** A contact's first message; its ids. */
    const meet = async (userId: string | null = null) => {
      const dialogId = textAt((await say(api, { query: "hello", userId })).body, "data", "dialogId")
      const { body } = await call(api, `/v1/dialogs/${dialogId}`)
      return { dialogId, contactId: textAt(body, "contactId") }
    }
    const identify = (contactId: string, json: unknown) => call(api, `/v1/contacts/${contactId}/identify`, { json })
    const merge = (from: string, into: string) => call(api, "/v1/contacts/merge", { json: { from, into } })
    const shown = async (contactId: string) => (await call(api, `/v1/contacts/${contactId}`)).body
    const dialogsOf = async (query: string) =>
      listAt((await call(api, `/v1/dialogs?${query}`)).body, "data").map((dialog) => at(dialog, "id"))

    it("are listed newest first, page by page, and found by userId", async () => {
      const ids: Array<string> = []
      for (let index = 0; index < 5; index++) ids.unshift((await meet(`pager-${index}`)).contactId)
      const listed: Array<unknown> = []
      let cursor = ""
      do {
        const { body } = await call(api, `/v1/contacts?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`)
        listed.push(...listAt(body, "data"))
        cursor = String(at(body, "nextCursor") ?? "")
      } while (cursor !== "")
      expect(listed.map((contact) => at(contact, "id"))).toEqual(ids)
      const { body } = await call(api, "/v1/contacts?userId=pager-3")
      expect(body).toEqual({ data: [await shown(ids[1] ?? "")], nextCursor: null })
      expect(at(body, "data", 0)).toMatchObject({ userId: "pager-3", activeDialogId: expect.stringMatching(/^dlg_/) })
    })

    it("an anonymous contact is identified, and its dialog is the user's from then on", async () => {
      const { contactId, dialogId } = await meet()
      expect((await say(api, { query: "me", userId: "ada", dialogId })).status).toBe(403)
      const known = await identify(contactId, { userId: "ada" })
      expect(known.status).toBe(200)
      expect(known.body).toMatchObject({ id: contactId, userId: "ada", activeDialogId: dialogId })
      expect((await identify(contactId, { userId: "ada" })).body).toEqual(known.body)
      expect((await say(api, { query: "me", userId: "ada", dialogId })).status).toBe(200)
      expect(at((await say(api, { query: "me", userId: "ada" })).body, "data", "dialogId")).toBe(dialogId)
      const other = await identify(contactId, { userId: "not ada", merge: true })
      expect(other.body).toMatchObject({ status: 409, code: "contact_conflict" })
    })

    it("a userId that another contact has is refused, unless the two are to be one", async () => {
      const known = await meet("grace")
      const { contactId, dialogId } = await meet()
      const refused = await identify(contactId, { userId: "grace" })
      expect(refused.body).toMatchObject({ status: 409, code: "contact_conflict" })
      expect(await shown(contactId)).toMatchObject({ id: contactId, userId: null })
      const one = await identify(contactId, { userId: "grace", merge: true })
      expect(one.body).toMatchObject({ id: known.contactId, userId: "grace" })
      expect(await shown(contactId)).toEqual(one.body)
      expect(await dialogsOf("userId=grace")).toEqual([dialogId, known.dialogId])
      expect(await dialogsOf(`contactId=${contactId}`)).toEqual([dialogId, known.dialogId])
      expect((await say(api, { query: "me", userId: "grace", dialogId })).status).toBe(200)
    })

    it("two contacts are made one; both ids name it, and again changes nothing", async () => {
      const [from, into] = [await meet("mary"), await meet()]
      const one = await merge(from.contactId, into.contactId)
      expect(one.status).toBe(200)
      expect(one.body).toMatchObject({ id: into.contactId, userId: "mary" })
      for (const { contactId } of [from, into]) expect(await shown(contactId)).toEqual(one.body)
      expect((await merge(from.contactId, into.contactId)).body).toEqual(one.body)
      expect(await dialogsOf(`contactId=${from.contactId}`)).toHaveLength(2)
    })

    it("two contacts with different userIds stay two", async () => {
      const [one, two] = [await meet("one"), await meet("two")]
      expect((await merge(one.contactId, two.contactId)).body).toMatchObject({ status: 409, code: "contact_conflict" })
      expect(await shown(one.contactId)).toMatchObject({ id: one.contactId, userId: "one" })
    })

    it.each([
      ["an id in words", "ada/identify", { userId: "u" }, "contactId"],
      ["no userId", "1/identify", {}, "userId"],
      ["a merge in words", "1/identify", { userId: "u", merge: "yes" }, "merge"],
      ["half a merge", "merge", { from: "1" }, "into"]
    ])("%s is refused", async (_, path, json, field) => {
      const { body } = await call(api, `/v1/contacts/${path}`, { json })
      expect(body).toMatchObject({ status: 400, code: "invalid_request", issues: [{ path: field }] })
    })

    it("what does not exist is not found, and a key without the scope is refused", async () => {
      const { contactId } = await meet()
      const unknown = "1"
      const calls = [
        await call(api, `/v1/contacts/${unknown}`),
        await identify(unknown, { userId: "u" }),
        await merge(unknown, contactId),
        await merge(contactId, unknown)
      ]
      for (const { body } of calls) expect(body).toMatchObject({ status: 404, code: "contact_not_found" })
      const made = await call(api, "/v1/api-keys", { json: { name: "reader", scopes: ["contacts:read"] } })
      const key = textAt(made.body, "key")
      expect((await call(api, `/v1/contacts/${contactId}`, { key })).status).toBe(200)
      const { body } = await call(api, `/v1/contacts/${contactId}/identify`, { key, json: { userId: "u" } })
      expect(body).toMatchObject({ status: 403, code: "forbidden" })
      const workspace = await call(api, "/v1/workspaces", { json: { name: "Theirs" } })
      const theirs = textAt(workspace.body, "apiKey", "key")
      expect((await call(api, `/v1/contacts/${contactId}`, { key: theirs })).status).toBe(404)
      expect(listAt((await call(api, "/v1/contacts", { key: theirs })).body, "data")).toEqual([])
    })

    it("have memories: written, listed, corrected and forgotten", async () => {
      const { contactId } = await meet("remembered")
      const memories = `/v1/contacts/${contactId}/memories`
      const first = await call(api, memories, { json: { text: "is vegan" } })
      expect(first).toMatchObject({ status: 201, body: { text: "is vegan", sourceMessageId: null } })
      expect((await call(api, memories, { json: { text: "Is Vegan" } })).body).toMatchObject({
        id: at(first.body, "id")
      })
      await call(api, memories, { json: { text: "has a dog" } })
      const page = (await call(api, `${memories}?limit=1`)).body
      expect(at(page, "data", 0, "text")).toBe("has a dog")
      const rest = (await call(api, `${memories}?limit=1&cursor=${textAt(page, "nextCursor")}`)).body
      expect(rest).toMatchObject({ data: [{ text: "is vegan" }], nextCursor: null })
      const one = `${memories}/${textAt(first.body, "id")}`
      expect(await call(api, one, { method: "PATCH", json: { text: "eats fish" } })).toMatchObject({
        status: 200,
        body: { text: "eats fish" }
      })
      expect((await call(api, one, { method: "DELETE" })).status).toBe(204)
      for (const method of ["PATCH", "DELETE"])
        expect(await call(api, one, { method, ...(method === "PATCH" && { json: { text: "x" } }) })).toMatchObject({
          status: 404,
          body: { code: "memory_not_found" }
        })
      expect((await call(api, "/v1/contacts/1/memories")).body).toMatchObject({ code: "contact_not_found" })
      expect((await call(api, memories, { json: { text: "" } })).status).toBe(400)
    })

    it("are erased in one call, with a report; what the user says next makes another one", async () => {
      const { contactId, dialogId } = await meet("erased")
      await say(api, { query: "is anybody there?", userId: "erased" })
      await call(api, `/v1/contacts/${contactId}/memories`, { json: { text: "is impatient" } })
      const erased = await call(api, `/v1/contacts/${contactId}`, { method: "DELETE" })
      expect(erased).toMatchObject({
        status: 200,
        body: { contacts: 1, dialogs: 1, messages: 4, turns: 2, memories: 1 }
      })
      for (const path of [`contacts/${contactId}`, `contacts/${contactId}/memories`, `dialogs/${dialogId}`])
        expect((await call(api, `/v1/${path}`)).status, path).toBe(404)
      expect((await call(api, `/v1/contacts/${contactId}`, { method: "DELETE" })).body).toMatchObject({
        code: "contact_not_found"
      })
      expect((await meet("erased")).contactId).not.toBe(contactId)
    })
  })
}
