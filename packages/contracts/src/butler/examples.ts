import type { CompletionResponse } from "./CompletionResponse.ts"

const file = {
  name: "order_screenshot.png",
  type: "image/png",
  url: "https://cdn.example.com/uploads/order_screenshot.png",
  size: 245
}

/** The request the vendor's documentation shows, to the letter. */
export const exampleRequest = {
  query: "我想申请订单退款,订单号是 202602050001,可以帮我看下流程吗?",
  dialogId: "dlg_20260205103045_abc123",
  userId: "user_987654321",
  channelType: { type: "WECHAT", proxy: "CHATLY" },
  async: false,
  sendWebhook: "https://api.example.com/webhook/agent-callback",
  files: [file, file]
}

const data = {
  dialogId: "dlg_20260205103045_abc123",
  agentLogs: [
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
          created_at: 1707100800
        }
      ],
      entity: { name: "refund_type", values: ["订单退款"] },
      timestamp: 1707100845123
    }
  ],
  messages: [
    {
      type: "assistant",
      contentType: "text",
      text: "您好~如果您需要申请退款,只要在订单支付完成后的7天内提交申请即可。退款会原路返回,一般会在3-5个工作日内完成处理。如需我帮您发起退款,也可以直接告诉我订单号。",
      url: "",
      meta: { width: 0, height: 0, size_kb: 0, duration: 0, format: "", coverUrl: "" }
    }
  ]
} satisfies Partial<CompletionResponse["data"]>

/** The response the vendor's documentation shows, with the two keys that are ours. */
export const exampleResponse: CompletionResponse = {
  code: 200,
  message: "success",
  data: { ...data, turnId: "51901704862228480", status: "completed" }
}

/** An asynchronous turn, or one that outlasted `waitMs`. */
export const exampleQueued: CompletionResponse = {
  code: 200,
  message: "success",
  data: { dialogId: data.dialogId, agentLogs: [], messages: [], turnId: "51901704862228480", status: "queued" }
}
