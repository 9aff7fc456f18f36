import { engines } from "@butler/persistence/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, listAt, say, textAt } from "./support/call.ts"
import { type Api, startApi } from "./support/startApi.ts"

for (const [engine, database] of engines) {
  describe(`the native face on ${engine}`, () => {
    let api: Api
    beforeAll(async () => {
      api = await startApi(database, { environment: { BUTLER_SAMPLE: "off" } })
    })
    afterAll(() => api.stop())

    /** Every entry of a list, page by page. */
    const walk = async (path: string): Promise<ReadonlyArray<unknown>> => {
      const entries: Array<unknown> = []
      let cursor: unknown
      do {
        const { body } = await call(api, cursor === undefined ? path : `${path}&cursor=${String(cursor)}`)
        entries.push(...listAt(body, "data"))
        cursor = at(body, "nextCursor")
      } while (cursor !== null)
      return entries
    }

    it("pages through dialogs, newest first, none twice and none left out", async () => {
      const made: Array<string> = []
      for (let index = 0; index < 7; index++) {
        made.unshift(textAt((await say(api, { query: "hi", userId: `pager-${index}` })).body, "data", "dialogId"))
      }
      const ids = (await walk("/v1/dialogs?limit=3")).map((dialog) => at(dialog, "id"))
      expect(ids).toEqual(made)
      const [newest] = await walk("/v1/dialogs?limit=1&userId=pager-6")
      expect(newest).toMatchObject({
        id: made[0],
        userId: "pager-6",
        mode: "ai",
        messageCount: 2,
        channel: { type: "API" }
      })
      expect(await walk(`/v1/dialogs?limit=5&contactId=${textAt(newest, "contactId")}`)).toEqual([newest])
    })

    it("pages through messages in both directions, as they were said", async () => {
      const dialogId = textAt((await say(api, { query: "one", userId: "talker" })).body, "data", "dialogId")
      for (const query of ["two", "three"]) await say(api, { query, dialogId })
      const path = `/v1/dialogs/${dialogId}/messages?limit=4`
      const messages = await walk(path)
      expect(messages.map((message) => at(message, "sequence"))).toEqual([1, 2, 3, 4, 5, 6])
      expect(messages.map((message) => at(message, "sender", "type"))).toEqual([
        "contact",
        "agent",
        "contact",
        "agent",
        "contact",
        "agent"
      ])
      expect(at(messages[0], "content")).toBe("one")
      expect((await walk(`${path}&order=desc`)).toReversed()).toEqual(messages)
    })

    it("keeps files and channel with the message", async () => {
      const file = { name: "a.png", type: "image/png", url: "https://example.com/a.png", size: 7 }
      const { body } = await say(api, { files: [file], channelType: { type: "WECHAT", proxy: "CHATLY" } })
      const messages = await call(api, `/v1/dialogs/${textAt(body, "data", "dialogId")}/messages`)
      expect(at(messages.body, "data", 0)).toMatchObject({
        content: "",
        channel: { type: "WECHAT", proxy: "CHATLY" },
        attachments: [{ name: "a.png", contentType: "image/png", url: "https://example.com/a.png", size: 7 }]
      })
    })

    it("shows a turn as its reply was given", async () => {
      const { body } = await say(api, { query: "hello there" })
      const turn = await call(api, `/v1/turns/${textAt(body, "data", "turnId")}`)
      expect(turn.body).toMatchObject({
        id: at(body, "data", "turnId"),
        dialogId: at(body, "data", "dialogId"),
        status: "completed",
        query: "hello there",
        messages: at(body, "data", "messages"),
        agentLogs: at(body, "data", "agentLogs"),
        error: null,
        attempts: 1,
        sequence: 1,
        timings: { totalMs: expect.any(Number) }
      })
    })

    it("takes documents, finds what they say, and forgets them", async () => {
      const text = await call(api, "/v1/knowledge/documents", {
        json: { name: "Opening hours", text: "We open at 9 on weekdays." }
      })
      const pairs = [{ question: "Where is the shop?", answer: "At 7 Harbour Street." }]
      const asked = await call(api, "/v1/knowledge/documents", { json: { name: "Places", pairs } })
      expect(text).toMatchObject({ status: 201, body: { kind: "text", chunkCount: 1, lang: "en" } })
      expect((await walk("/v1/knowledge/documents?limit=1")).map((document) => at(document, "name"))).toEqual([
        "Places",
        "Opening hours"
      ])

      const stored = await call(api, `/v1/knowledge/documents/${textAt(asked.body, "id")}`)
      expect(stored.body).toMatchObject({ kind: "pairs", pairs })
      const { body } = await call(api, "/v1/knowledge/search", { json: { query: "where is your shop" } })
      expect(at(body, "data", 0)).toMatchObject({ document_name: "Places", enabled: true, score: expect.any(Number) })
      expect(at((await say(api, { query: "Where is the shop?" })).body, "data", "messages", 0, "text")).toBe(
        "At 7 Harbour Street."
      )

      const path = `/v1/knowledge/documents/${textAt(asked.body, "id")}`
      expect((await call(api, path, { method: "DELETE" })).status).toBe(204)
      expect((await call(api, path)).body).toMatchObject({ status: 404, code: "document_not_found" })
      expect((await call(api, path, { method: "DELETE" })).status).toBe(404)
      const after = await call(api, "/v1/knowledge/search", { json: { query: "where is your shop" } })
      expect(JSON.stringify(after.body)).not.toContain("Harbour")
    })

    it("keeps knowledge bases apart, and gives agents those they are assigned", async () => {
      const { body } = await call(api, "/v1/knowledge/bases", { json: { name: "Harbour" } })
      expect(body).toMatchObject({ id: 2, name: "Harbour", documentCount: 0 })
      const pairs = [{ question: "When does the ferry leave?", answer: "At noon." }]
      const ferry = { name: "Ferries", knowledgeBaseId: 2, pairs }
      expect((await call(api, "/v1/knowledge/documents", { json: ferry })).body).toMatchObject({ knowledgeBaseId: 2 })
      const renamed = await call(api, "/v1/knowledge/bases/2", { method: "PATCH", json: { name: "Port" } })
      expect(renamed.body).toMatchObject({ id: 2, name: "Port", documentCount: 1, chunkCount: 1 })
      const found = async (json: Readonly<Record<string, unknown>>) =>
        listAt((await call(api, "/v1/knowledge/search", { json: { query: "ferry leave", ...json } })).body, "data")
          .length
      expect([
        await found({}),
        await found({ knowledgeBaseIds: [2] }),
        await found({ knowledgeBaseIds: [1, 2] })
      ]).toEqual([0, 1, 1])
      expect(await walk("/v1/knowledge/documents?limit=9&knowledgeBaseId=2")).toHaveLength(1)

      const agents = await call(api, "/v1/agents")
      const path = `/v1/agents/${textAt(agents.body, "data", 0, "id")}`
      const assign = (knowledgeBaseIds: unknown) => call(api, path, { method: "PATCH", json: { knowledgeBaseIds } })
      expect((await assign([7])).body).toMatchObject({ code: "knowledge_base_not_found" })
      expect((await assign([2])).body).toMatchObject({ knowledgeBaseIds: [2] })
      const answer = await say(api, { query: "When does the ferry leave?" })
      expect(at(answer.body, "data", "messages", 0, "text")).toBe("At noon.")
      expect((await assign(null)).body).toMatchObject({ knowledgeBaseIds: null })

      const nowhere = { name: "x", text: "x", knowledgeBaseId: 9 }
      expect((await call(api, "/v1/knowledge/documents", { json: nowhere })).body).toMatchObject({
        code: "knowledge_base_not_found"
      })
      expect((await call(api, "/v1/knowledge/bases/1", { method: "DELETE" })).body).toMatchObject({
        status: 409,
        code: "default_knowledge_base"
      })
      expect((await call(api, "/v1/knowledge/bases/2", { method: "DELETE" })).status).toBe(204)
      const left = (await call(api, "/v1/knowledge/bases")).body
      expect(listAt(left, "data").map((base) => at(base, "id"))).toEqual([1])
      expect(await found({ knowledgeBaseIds: [2] })).toBe(0)
    })

    it("says what does not exist", async () => {
      expect((await call(api, "/v1/dialogs/none")).body).toMatchObject({ status: 404, code: "dialog_not_found" })
      expect((await call(api, "/v1/dialogs/none/messages")).body).toMatchObject({ code: "dialog_not_found" })
      expect((await call(api, "/v1/turns/1")).body).toMatchObject({ code: "turn_not_found" })
    })
  })
}
