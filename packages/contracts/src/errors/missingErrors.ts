import type { ErrorType } from "./ErrorType.ts"

/** What does not exist in the workspace of the key. */
export const missingErrors = {
  dialog_not_found: {
    status: 404,
    en: "The dialog does not exist",
    zh: "会话不存在",
    when: "The dialog does not exist in the workspace of the key."
  },
  turn_not_found: {
    status: 404,
    en: "The turn does not exist",
    zh: "对话轮次不存在",
    when: "The turn does not exist in the workspace of the key."
  },
  contact_not_found: {
    status: 404,
    en: "The contact does not exist",
    zh: "联系人不存在",
    when: "The contact does not exist in the workspace of the key."
  },
  memory_not_found: {
    status: 404,
    en: "The memory does not exist",
    zh: "记忆不存在",
    when: "The contact has no such memory."
  },
  document_not_found: {
    status: 404,
    en: "The document does not exist",
    zh: "文档不存在",
    when: "The document does not exist in the workspace of the key."
  },
  knowledge_base_not_found: {
    status: 404,
    en: "The knowledge base does not exist",
    zh: "知识库不存在",
    when: "The knowledge base does not exist in the workspace of the key."
  },
  unanswered_question_not_found: {
    status: 404,
    en: "There is no such open question",
    zh: "该未解答问题不存在",
    when: "The question does not exist in the workspace of the key, or was answered or dismissed."
  },
  source_not_found: {
    status: 404,
    en: "The source does not exist",
    zh: "知识来源不存在",
    when: "The source does not exist in the workspace of the key."
  },
  agent_not_found: {
    status: 404,
    en: "The agent does not exist",
    zh: "智能体不存在",
    when: "The agent does not exist in the workspace of the key."
  },
  agent_version_not_found: {
    status: 404,
    en: "The agent has no such version",
    zh: "智能体没有该版本",
    when: "The agent was never published under this number."
  },
  api_key_not_found: {
    status: 404,
    en: "The API key does not exist",
    zh: "API 密钥不存在",
    when: "The API key does not exist in the workspace of the key."
  },
  webhook_endpoint_not_found: {
    status: 404,
    en: "The webhook endpoint does not exist",
    zh: "Webhook 端点不存在",
    when: "The webhook endpoint does not exist in the workspace of the key."
  },
  delivery_not_found: {
    status: 404,
    en: "The delivery does not exist",
    zh: "推送记录不存在",
    when: "The delivery does not exist at this endpoint, or is older than 30 days."
  },
  replay_not_found: {
    status: 404,
    en: "The replay does not exist",
    zh: "重放任务不存在",
    when: "The replay does not exist at this endpoint."
  }
} as const satisfies Record<string, ErrorType>
