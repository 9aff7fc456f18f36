import { AgentLog } from "@butler/domain"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Schema } from "effect"

const timestamp = 1_762_915_391_425

/** The documented examples of every type, as they stand on the wire. */
const examples = [
  {
    type: "knowledge_hit",
    name: "RefundPolicyAgent",
    message: "命中退款流程相关知识库内容",
    status: "success",
    kb: [
      {
        content: "用户在订单支付完成后7天内可申请退款,退款将原路返回,处理时间为3-5个工作日。",
        chunk_id: "chunk_refund_001",
        document_id: "doc_refund_policy_v1",
        document_name: "退款政策说明",
        enabled: true,
        lang: "zh-CN",
        score: 0.87,
        source: "knowledge_base",
        created_at: 1_707_100_800
      }
    ],
    entity: { name: "refund_type", values: ["订单退款"] },
    timestamp: 1_707_100_845_123
  },
  { type: "language", message: "中文", status: "certain", timestamp },
  { type: "language", message: "中文", status: "uncertain", timestamp },
  { type: "recall", message: "记忆内容:1,2,3", timestamp },
  { type: "task", name: "查询订单", timestamp },
  {
    type: "knowledge",
    kb: [
      {
        chunk_id: "7ae93248fe9",
        content: "Q:测试公司是做什么的?\nA:测试公司提供面向企业测试服务",
        created_at: 1_763_640_658,
        document_id: "dd06afb5-7e33-4953-9247-113879e4653",
        document_name: "测试知识库.md",
        enabled: true,
        lang: "zh",
        score: 0.7226141428807815,
        source: "Document"
      }
    ],
    timestamp
  },
  { type: "tool", name: "新建订单", costTime: 5, timestamp },
  { type: "tool", name: "新建订单", costTime: 5, status: "success", timestamp },
  { type: "tool", name: "新建订单", costTime: 5, status: "failed", timestamp },
  { type: "internalTool", entity: { name: "visitor", values: ["小牙仔", "13812345678"] }, timestamp },
  { type: "systemTask", name: "收集信息", message: "记录xx,xx,xx", timestamp }
]

const decode = Schema.decodeUnknownEffect(AgentLog)
const encode = Schema.encodeEffect(AgentLog)

describe("AgentLog", () => {
  it.effect.each(examples)("reads and writes $type with no key more or less", (example) =>
    Effect.gen(function* () {
      const log = yield* decode(example)
      assert.deepStrictEqual<unknown>(log, example)
      assert.deepStrictEqual<unknown>(yield* encode(log), example)
    })
  )

  it.effect.each([
    { type: "language", message: "中文", status: "perhaps", timestamp },
    { type: "tool", name: "新建订单", costTime: 5, status: null, timestamp },
    { type: "task", timestamp },
    { type: "task", name: "查询订单" },
    { type: "unheard of", timestamp },
    { name: "查询订单", timestamp }
  ])("refuses %j", (example) =>
    Effect.gen(function* () {
      assert.isTrue(Exit.isFailure(yield* Effect.exit(decode(example))))
    })
  )
})
