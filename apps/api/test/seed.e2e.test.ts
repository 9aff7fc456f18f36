import { engines } from "@butler/persistence/testing"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { seedRequest } from "../src/sample/seedRequest.ts"
import { at, call, COMPLETIONS, listAt } from "./support/call.ts"
import { type Api, KEY, startApi } from "./support/startApi.ts"

const REPLY =
  "您好~如果您需要申请退款,只要在订单支付完成后的7天内提交申请即可。退款会原路返回,一般会在3-5个工作日内完成处理。如需我帮您发起退款,也可以直接告诉我订单号。"

for (const [engine, database] of engines) {
  describe(`the seed's request on ${engine}`, () => {
    let api: Api
    beforeAll(async () => {
      api = await startApi(database)
    })
    afterAll(() => api.stop())

    it("is answered with the seed's reply and every key of its response", async () => {
      const { body, headers, status } = await call(api, COMPLETIONS, { json: seedRequest })
      expect(status).toBe(200)
      expect(headers.get("content-type")).toBe("application/json; charset=utf-8")
      expect(body).toEqual({
        code: 200,
        message: "success",
        data: {
          dialogId: seedRequest.dialogId,
          agentLogs: expect.any(Array),
          messages: [
            {
              type: "assistant",
              contentType: "text",
              text: REPLY,
              url: "",
              meta: { width: 0, height: 0, size_kb: 0, duration: 0, format: "", coverUrl: "" }
            }
          ],
          turnId: expect.stringMatching(/^\d+$/),
          status: "completed"
        }
      })
    })

    it("tells what the answer is grounded on, in the seed's vocabulary", async () => {
      const { body } = await call(api, COMPLETIONS, { json: seedRequest })
      const hit = listAt(body, "data", "agentLogs").find((log) => at(log, "type") === "knowledge_hit")
      expect(hit).toMatchObject({
        name: "RefundPolicyAgent",
        status: "success",
        entity: { name: expect.any(String), values: expect.any(Array) },
        timestamp: expect.any(Number)
      })
      expect(at(hit, "kb", 0)).toMatchObject({ enabled: true, source: "knowledge_base", lang: "zh" })
    })

    it("has the seed's policy in the knowledge base, word for word", async () => {
      const { body } = await call(api, "/v1/knowledge/search", {
        json: { query: "订单支付完成后7天内可申请退款", limit: 5 }
      })
      expect(listAt(body, "data")).toContainEqual(
        expect.objectContaining({
          chunk_id: "chunk_refund_001",
          document_id: "doc_refund_policy_v1",
          document_name: "退款政策说明",
          content: "用户在订单支付完成后7天内可申请退款,退款将原路返回,处理时间为3-5个工作日。"
        })
      )
    })

    it.each([
      ["How long does a refund take?", "A refund goes back to your original payment method within 3 to 5 working days"],
      ["退款多久可以到账?", "一般在3-5个工作日内到账"]
    ])("answers %s in the language it was asked in", async (query, expected) => {
      const { body } = await call(api, COMPLETIONS, { json: { query } })
      expect(at(body, "data", "messages", 0, "text")).toContain(expected)
    })

    it.each([
      ["the bare key in Authorization", { authorization: KEY }],
      ["bearer in lower case", { authorization: `bearer ${KEY}` }],
      ["x-api-key", { "x-api-key": KEY }]
    ])("takes %s", async (_, headers) => {
      expect((await call(api, COMPLETIONS, { key: null, headers, json: { query: "你好" } })).status).toBe(200)
    })
  })
}
