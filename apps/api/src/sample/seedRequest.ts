/** The request that a new home can answer from its sample data. */
export const seedRequest = {
  query: "我想申请订单退款,订单号是 202602050001,可以帮我看下流程吗?",
  dialogId: "dlg_20260205103045_abc123",
  userId: "user_987654321",
  channelType: { type: "WECHAT", proxy: "CHATLY" },
  async: false,
  sendWebhook: "https://api.example.com/webhook/agent-callback",
  files: [
    {
      name: "order_screenshot.png",
      type: "image/png",
      url: "https://cdn.example.com/uploads/order_screenshot.png",
      size: 245
    },
    {
      name: "order_screenshot.png",
      type: "image/png",
      url: "https://cdn.example.com/uploads/order_screenshot.png",
      size: 245
    }
  ]
} as const
