import { engines } from "@butler/persistence/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, listAt, textAt } from "../support/call.ts"
import { type Api, startApi } from "../support/startApi.ts"

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const pairs = [
  { question: "How long does a refund take?", answer: "A refund takes five days." },
  { question: "How do I get a refund for a gift?", answer: "Write to us." },
  { question: "Who pays for the refund shipment?", answer: "We do." }
]

for (const [engine, database] of engines) {
  describe(`threads of the SiteGPT API on ${engine}`, () => {
    let api: Api
    let id: string
    let bot: string
    beforeAll(async () => {
      api = await startApi(database, { environment: { BUTLER_SAMPLE: "off" } })
      id = textAt((await call(api, "/v1/agents")).body, "data", 0, "id")
      bot = `/api/v0/chatbots/${id}`
      await call(api, "/v1/knowledge/documents", { json: { name: "Refunds", pairs } })
    })
    afterAll(() => api.stop())

    const send = (json: Readonly<Record<string, unknown>>) => call(api, `${bot}/message`, { json })
    const threadOf = async (threadId: string, query = "") =>
      at((await call(api, `${bot}/threads/${threadId}${query}`)).body, "data", "thread")
    const patch = (path: string, json: unknown) => call(api, `${bot}${path}`, { method: "PATCH", json })
    const fresh = async () => textAt((await send({ message: "Hello" })).body, "data", "threadId")

    it("a question is answered, and what might be asked next comes with it", async () => {
      const { body, status } = await send({ message: "How long does a refund take?", from: "USER" })
      expect(status).toBe(200)
      expect(body).toMatchObject({ success: true, message: "Sent the message successfully" })
      const message = at(body, "data", "message")
      expect(message).toEqual({
        id: expect.stringMatching(/^[1-9]\d{16,18}$/),
        question: { text: "How long does a refund take?", timestamp: expect.stringMatching(TIME) },
        answer: { text: "A refund takes five days.", timestamp: expect.stringMatching(TIME) },
        sources: [],
        gptModel: "gpt-3.5-turbo",
        reaction: "NEUTRAL",
        threadId: expect.stringMatching(UUID),
        messageType: "NORMAL_MESSAGE",
        iconUrl: null,
        agentName: null,
        prompts: [],
        smartPrompts: expect.arrayContaining([
          "How do I get a refund for a gift?",
          "Who pays for the refund shipment?"
        ]),
        chatbotId: id
      })
      expect(textAt(body, "data", "threadId")).toBe(textAt(message, "threadId"))
    })

    it("smart prompts are as many as the settings say, or none", async () => {
      await patch("/settings/general", { smartFollowUpPromptsCount: 1 })
      const one = await send({ message: "How long does a refund take?" })
      expect(listAt(one.body, "data", "message", "smartPrompts")).toHaveLength(1)
      await patch("/settings/general", { disableSmartFollowUpPrompts: true })
      const none = await send({ message: "How long does a refund take?" })
      expect(listAt(none.body, "data", "message", "smartPrompts")).toHaveLength(0)
      await patch("/settings/general", { disableSmartFollowUpPrompts: false, smartFollowUpPromptsCount: 3 })
    })

    it("the same thread is read through all three faces", async () => {
      const threadId = "session 42"
      const sent = await send({
        message: "How long does a refund take?",
        threadId,
        iconUrl: "https://example.com/i.png"
      })
      expect(textAt(sent.body, "data", "threadId")).toBe(threadId)
      const encoded = encodeURIComponent(threadId)
      const dialog = await call(api, `/v1/dialogs/${encoded}`)
      expect(dialog.body).toMatchObject({ id: threadId, agentId: id, channel: { type: "SITEGPT" }, messageCount: 2 })
      const butler = await call(api, "/api/open/v4/butler/chat/completions", {
        json: { query: "Who pays for the refund shipment?", dialogId: threadId }
      })
      expect(textAt(butler.body, "data", "messages", 0, "text")).toBe("We do.")
      const thread = await threadOf(encoded)
      const { smartPrompts: _, id: messageId, ...message } = Object(at(sent.body, "data", "message"))
      expect(at(thread, "messages", 0)).toEqual({ messageId, ...message, systemMessageType: null })
      expect(at(thread, "messages", 1)).toMatchObject({
        question: { text: "Who pays for the refund shipment?" },
        answer: { text: "We do." }
      })
      expect(thread).toMatchObject({ threadId, mode: "AI", webhookUrl: null, chatUser: null, chatbotId: id })
      const begun = await call(api, "/api/open/v4/butler/chat/completions", { json: { query: "Hello" } })
      const all = await call(api, `${bot}/threads?limit=1`)
      expect(at(all.body, "data", "threads", 0, "threadId")).toBe(at(begun.body, "data", "dialogId"))
    })

    it("a list shows each thread with its last message and its counts", async () => {
      const sent = await send({ message: "How long does a refund take?" })
      const messageId = textAt(sent.body, "data", "message", "id")
      const threadId = textAt(sent.body, "data", "threadId")
      expect(await patch(`/messages/${messageId}`, { threadId, reaction: "NEGATIVE" })).toMatchObject({
        status: 200,
        body: { success: true, message: "Updated the message successfully", data: null }
      })
      const { body } = await call(api, `${bot}/threads?page=1&limit=1`)
      expect(body).toMatchObject({ success: true, message: "Fetched the chatbot threads successfully" })
      expect(at(body, "data", "threads")).toEqual([
        {
          threadId,
          mode: "AI",
          startedAt: expect.stringMatching(TIME),
          updatedAt: expect.stringMatching(TIME),
          endedAt: null,
          chatUser: null,
          escalated: false,
          important: false,
          resolved: false,
          totalMessagesRead: 0,
          totalMessages: 1,
          totalPositiveMessages: 0,
          totalNegativeMessages: 1,
          totalGpt4MessagesCount: 0,
          lastMessage: expect.objectContaining({ messageId, threadId, reaction: "NEGATIVE" })
        }
      ])
      for (const [path, json] of [
        [`/messages/${messageId}`, { threadId: "elsewhere", reaction: "POSITIVE" }],
        ["/messages/1", { reaction: "POSITIVE" }],
        ["/messages/abc", { reaction: "POSITIVE" }]
      ] as const) {
        expect(await patch(path, json)).toMatchObject({ status: 404, body: { error: { code: "MESSAGE_NOT_FOUND" } } })
      }
      expect((await patch(`/messages/${messageId}`, { reaction: "GREAT" })).status).toBe(400)
    })

    it("a thread is made, changed and shown", async () => {
      const made = await call(api, `${bot}/threads`, {
        json: { threadId: "xyz", mode: "AGENT", chatUserEmail: "ada@example.com" }
      })
      expect(made.body).toMatchObject({
        success: true,
        message: "Created the chatbot thread successfully",
        data: { thread: { threadId: "xyz", mode: "AGENT", messages: [], chatUser: { email: "ada@example.com" } } }
      })
      const taken = await call(api, `${bot}/threads`, { json: { threadId: "xyz" } })
      expect([taken.status, at(taken.body, "error", "details", 0, "field")]).toEqual([400, "threadId"])
      const asked = await send({ message: "Anybody?", threadId: "xyz" })
      expect(at(asked.body, "data", "message")).toMatchObject({ answer: null, messageType: "USER_MESSAGE" })
      const chatUser = { name: "Ada", phoneNumber: "+49 30 123456" }
      const webhook = { webhookUrl: "https://example.com/hook", webhookToken: "t0ken" }
      expect(await patch("/threads/xyz", { mode: "AI", chatUser, ...webhook })).toMatchObject({
        status: 200,
        body: { success: true, message: "Updated the chatbot thread successfully", data: null }
      })
      const shown = await threadOf("xyz", "?skipMessages=true&includeChatUser=True")
      expect(shown).toMatchObject({
        mode: "AI",
        messages: [],
        webhookUrl: "https://example.com/hook",
        chatUser: { ...chatUser, email: "ada@example.com" }
      })
      expect(JSON.stringify(shown)).not.toContain("t0ken")
      const contact = await call(api, `/v1/contacts/${textAt(shown, "chatUserId")}`)
      expect(contact.body).toMatchObject({ userId: "ada@example.com", details: { name: "Ada" } })
      const back = await send({ message: "How long does a refund take?", threadId: "xyz" })
      expect(at(back.body, "data", "message", "answer", "text")).toBe("A refund takes five days.")
      for (const wrong of [{ mode: "HUMAN" }, { webhookUrl: "http://127.0.0.1/" }, { chatUser: { email: "ada" } }]) {
        expect((await patch("/threads/xyz", wrong)).status).toBe(400)
      }
    })

    it("a person speaks in a thread that there is", async () => {
      const threadId = await fresh()
      const prompts = [{ title: "Prompt 1", description: "This is the prompt1 description" }]
      const extra = { agentName: "Test Agent", iconUrl: "https://example.com/a.png" }
      const said = await send({ message: "This is agent!!", from: "AGENT", threadId, prompts, ...extra })
      expect(at(said.body, "data", "message")).toMatchObject({
        question: null,
        answer: { text: "This is agent!!" },
        messageType: "AGENT_MESSAGE",
        ...extra,
        prompts: [{ id: expect.stringMatching(UUID), ...prompts[0], link: null }]
      })
      const last = listAt(await threadOf(threadId), "messages").at(-1)
      expect(last).toMatchObject({ messageId: at(said.body, "data", "message", "id"), ...extra, prompts })
      const none = await send({ message: "Hi", from: "AGENT", threadId: "nowhere" })
      expect(none).toMatchObject({ status: 404, body: { error: { code: "THREAD_NOT_FOUND" } } })
    })

    it.each([
      [{}, "message"],
      [{ message: "  " }, "message"],
      [{ message: "Hi", from: "AGENT" }, "threadId"],
      [{ message: "Hi", from: "BOT" }, "from"],
      [{ message: "Hi", prompts: [{ title: "a", description: "b" }] }, "prompts"],
      [{ message: "Hi", iconUrl: "javascript:alert(1)" }, "iconUrl"],
      [{ message: "Hi", threadId: "x".repeat(129) }, "threadId"]
    ])("a message like %o is refused", async (json, field) => {
      const before = listAt((await call(api, `${bot}/threads?limit=100`)).body, "data", "threads").length
      const { body, status } = await send(json)
      expect([status, at(body, "error", "code")]).toEqual([400, "REQUEST_VALIDATION_FAILED"])
      expect(listAt(body, "error", "details").map((issue) => at(issue, "field"))).toContain(field)
      expect(listAt((await call(api, `${bot}/threads?limit=100`)).body, "data", "threads")).toHaveLength(before)
    })

    it("follow-up prompts are offered behind the last answer", async () => {
      const prompt = { title: "A person", description: "I want to talk to a person.", isEscalationPrompt: true }
      await call(api, `${bot}/follow-up-prompts`, { json: prompt })
      const offered = [expect.objectContaining({ ...prompt, link: null })]
      const { body } = await send({ message: "Hello" })
      expect(at(body, "data", "message", "prompts")).toEqual(offered)
      const threadId = textAt(body, "data", "threadId")
      const listed = await call(api, `${bot}/threads?limit=1`)
      expect(at(listed.body, "data", "threads", 0, "lastMessage", "prompts")).toEqual(offered)
      await send({ message: "Hello again", threadId })
      const messages = listAt(await threadOf(threadId), "messages")
      expect(messages.map((message) => at(message, "prompts"))).toEqual([[], offered])
      const added = await call(api, `${bot}/follow-up-prompts`)
      const one = `${bot}/follow-up-prompts/${textAt(added.body, "data", "followUpPrompts", 0, "id")}`
      await call(api, one, { method: "DELETE" })
    })

    it("a chatbot whose people reply has them reply in every thread", async () => {
      const threadId = await fresh()
      await patch("/settings/chat-mode", { chatMode: "AGENT" })
      const begun = textAt((await send({ message: "Hello" })).body, "data", "threadId")
      const listed = await call(api, `${bot}/threads?limit=1`)
      expect(at(listed.body, "data", "threads", 0)).toMatchObject({ threadId: begun, mode: "AGENT" })
      expect(await threadOf(threadId)).toMatchObject({ mode: "AGENT" })
      await patch("/settings/chat-mode", { chatMode: "AI" })
      expect(await threadOf(threadId)).toMatchObject({ mode: "AI" })
    })

    it("an escalated thread is left to people, and says so once", async () => {
      const threadId = await fresh()
      const escalate = () =>
        call(api, `${bot}/threads/${threadId}/escalate`, { json: { escalationPrompt: "A person, please." } })
      expect(await escalate()).toMatchObject({
        status: 200,
        body: { success: true, message: "Escalated the conversation successfully", data: null }
      })
      await escalate()
      const thread = await threadOf(threadId)
      expect(at(thread, "mode")).toBe("AGENT")
      expect(listAt(thread, "messages").slice(1)).toMatchObject([
        { messageType: "SYSTEM_MESSAGE", systemMessageType: "CONVERSATION_ESCALATED" }
      ])
      expect((await call(api, `/v1/dialogs/${threadId}`)).body).toMatchObject({
        mode: "human",
        handover: { reason: "A person, please." }
      })
      const summary = await call(api, `${bot}/threads?limit=1`)
      expect(at(summary.body, "data", "threads", 0)).toMatchObject({ threadId, escalated: true, totalMessages: 2 })
    })

    it("a chatbot is made, answers from what it knows alone, and is deleted", async () => {
      const made = await call(api, "/api/v0/chatbots", { json: { chatbotName: "Other" } })
      expect(made.body).toMatchObject({
        message: "Created the chatbot successfully",
        data: { chatbot: { title: "Other" } }
      })
      const other = `/api/v0/chatbots/${textAt(made.body, "data", "chatbot", "id")}`
      const asked = await call(api, `${other}/message`, { json: { message: "How long does a refund take?" } })
      expect(textAt(asked.body, "data", "message", "answer", "text")).not.toContain("five days")
      const mine = await fresh()
      for (const [path, options] of [
        [`${other}/threads/${mine}`, {}],
        [`${other}/threads/${mine}/escalate`, { json: {} }],
        [`${other}/message`, { json: { message: "Hi", threadId: mine } }]
      ] as const) {
        expect(await call(api, path, options)).toMatchObject({
          status: 404,
          body: { error: { code: "THREAD_NOT_FOUND" } }
        })
      }
      expect(await call(api, other, { method: "DELETE" })).toMatchObject({
        status: 200,
        body: { success: true, message: "Deleted the chatbot successfully", data: null }
      })
      const gone = await call(api, `${other}/message`, { json: { message: "Hi" } })
      expect(gone).toMatchObject({ status: 404, body: { error: { code: "CHATBOT_NOT_FOUND" } } })
      expect((await call(api, bot, { method: "DELETE" })).status).toBe(400)
      expect((await call(api, "/api/v0/chatbots", { json: { chatbotName: "" } })).status).toBe(400)
    })
  })
}
