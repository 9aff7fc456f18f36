import { engines } from "@butler/persistence/testing"
import { type ModelReply, type ModelServer, startModelServer } from "@butler/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { at, call, listAt, say, textAt } from "./support/call.ts"
import { type Api, startApi } from "./support/startApi.ts"

const usage = { promptTokens: 100, completionTokens: 10 }
const text = (said: string): ModelReply => ({ kind: "text", text: said, usage })
const toolCall = (name: string, args: unknown): ModelReply => ({
  kind: "toolCalls",
  calls: [{ name, arguments: args }],
  usage
})

for (const [engine, database] of engines) {
  describe(`an agent with tools on ${engine}`, () => {
    let script: Array<ModelReply>
    let model: ModelServer
    let api: Api

    beforeAll(async () => {
      model = await startModelServer(() => script.shift() ?? text("nothing left to say"))
      api = await startApi(database, {
        environment: { BUTLER_SAMPLE: "off", BUTLER_MODEL_URL: model.url, BUTLER_MODEL: "m" }
      })
      const agent = `/v1/agents/${textAt((await call(api, "/v1/agents")).body, "data", 0, "id")}`
      const json = { internalTools: ["collect_details", "hand_over", "search_knowledge"] }
      expect((await call(api, agent, { method: "PATCH", json })).status).toBe(200)
      const pairs = [{ question: "What is your refund policy?", answer: "Refunds are given within 7 days." }]
      await call(api, "/v1/knowledge/documents", { json: { name: "FAQ", pairs } })
    })
    afterAll(async () => {
      await api.stop()
      await model.stop()
    })

    it("cites what it rests on, and every step of it is there to see", async () => {
      script = [toolCall("search_knowledge", { query: "refund" }), text("Within 7 days [1].")]
      const { body } = await say(api, { query: "What is your refund policy?" })
      expect(textAt(body, "data", "messages", 0, "text")).toBe("Within 7 days.")
      const turn = await call(api, `/v1/turns/${textAt(body, "data", "turnId")}`)
      const hit = listAt(turn.body, "agentLogs").find((log) => at(log, "type") === "knowledge_hit")
      expect(at(hit, "entity", "values")).toEqual(["FAQ"])
      const steps = listAt(turn.body, "steps")
      const named = (name: string) => steps.find((step) => at(step, "name") === name)
      expect(at(named("knowledge"), "detail", "chunks", 0)).toMatchObject({ documentName: "FAQ" })
      expect(named("model")).toMatchObject({ model: "m", tokens: { input: 100, output: 10 } })
      expect(named("tool")).toMatchObject({ detail: { tool: "search_knowledge", arguments: '{"query":"refund"}' } })
    })

    it("hands the dialog to people, with its last words", async () => {
      script = [toolCall("hand_over", { reason: "wants a person" }), text("A colleague takes over.")]
      const { body } = await say(api, { query: "I want to talk to a person" })
      expect(textAt(body, "data", "messages", 0, "text")).toBe("A colleague takes over.")
      expect(listAt(body, "data", "agentLogs").map((log) => at(log, "type"))).toContain("systemTask")
      const dialog = await call(api, `/v1/dialogs/${textAt(body, "data", "dialogId")}`)
      expect(dialog.body).toMatchObject({ mode: "human", handover: { reason: "wants a person" } })
    })
  })
}
