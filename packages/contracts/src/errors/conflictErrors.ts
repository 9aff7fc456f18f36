import type { ErrorType } from "./ErrorType.ts"

/** What cannot be done as things stand. */
export const conflictErrors = {
  webhook_endpoint_disabled: {
    status: 409,
    en: "The webhook endpoint is disabled",
    zh: "Webhook 端点已停用",
    when: "Nothing is sent to a disabled endpoint; enable it first."
  },
  webhook_endpoint_of_chatbot: {
    status: 409,
    en: "The webhook endpoint follows its chatbot's settings",
    zh: "该 Webhook 端点由其聊天机器人的设置决定",
    when: "URL, events, form and end of a chatbot's endpoint are decided by the settings of the chatbot or its thread."
  },
  too_many_webhook_endpoints: {
    status: 409,
    en: "The workspace has as many webhook endpoints as it may have",
    zh: "工作空间的 Webhook 端点数量已达上限",
    when: "A workspace has at most 50 endpoints."
  },
  default_knowledge_base: {
    status: 409,
    en: "The default knowledge base cannot be deleted",
    zh: "默认知识库不能删除",
    when: "Agents without a knowledge base of their own fall back to this one."
  },
  too_many_knowledge_bases: {
    status: 409,
    en: "The workspace has as many knowledge bases as it may have",
    zh: "工作空间的知识库数量已达上限",
    when: "A workspace has at most 100 knowledge bases."
  },
  agent_in_use: {
    status: 409,
    en: "The agent is in use",
    zh: "智能体正在使用中",
    when: "The agent is the workspace's default one, or answers for an API key that works."
  },
  dialog_busy: {
    status: 409,
    en: "The dialog already has an open turn",
    zh: "会话正在处理上一条消息",
    when: '`onBusy` is `"reject"` and the dialog has an open turn.'
  },
  contact_conflict: {
    status: 409,
    en: "The contacts cannot be made one",
    zh: "联系人身份冲突",
    when: "Another contact has this `userId` and `merge` is not set, or both contacts carry different ones: an identity is never replaced."
  },
  idempotency_in_progress: {
    status: 409,
    en: "The first request with this Idempotency-Key is still being accepted",
    zh: "使用该 Idempotency-Key 的请求正在处理",
    when: "The first request with this `Idempotency-Key` is still being accepted; ask again."
  },
  brand_in_use: {
    status: 409,
    en: "The brand has users",
    zh: "该品牌仍有用户",
    when: "A brand that has users is not deleted."
  }
} as const satisfies Record<string, ErrorType>
