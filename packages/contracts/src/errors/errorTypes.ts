interface ErrorType {
  readonly status: number
  /** The `message` of the butler face and the `title` of the native one. */
  readonly en: string
  readonly zh: string
  /** When it is answered, for the document. */
  readonly when: string
}

/** Everything that can be refused, in the one vocabulary of all faces. `type` and `code` never change; words may. */
export const errorTypes = {
  invalid_request: {
    status: 400,
    en: "The request is not valid",
    zh: "请求参数有误",
    when: "The input is not JSON, or a field is missing, of the wrong type, too long or malformed; `issues` names every wrong field at once."
  },
  unauthenticated: {
    status: 401,
    en: "A valid API key is required",
    zh: "缺少有效的 API 密钥",
    when: "The key is missing, unknown, revoked or expired."
  },
  forbidden: {
    status: 403,
    en: "The API key lacks the scope for this",
    zh: "该 API 密钥没有此操作的权限",
    when: "The key lacks the scope this call needs."
  },
  dialog_contact_mismatch: {
    status: 403,
    en: "The dialog does not belong to this user",
    zh: "会话的联系人与 userId 不匹配",
    when: "`userId` and `dialogId` are both set and the dialog's contact is not the one `userId` names."
  },
  chatbot_limit_reached: {
    status: 403,
    en: "There are as many chatbots as there may be",
    zh: "聊天机器人数量已达上限",
    when: "The workspace has a quota of chatbots, and it is used up."
  },
  messages_limit_reached: {
    status: 403,
    en: "As many messages were sent this month as may be",
    zh: "本月消息数量已达上限",
    when: "The workspace has a monthly quota of messages, and it is used up."
  },
  feature_disabled: {
    status: 403,
    en: "The feature is switched off",
    zh: "该功能已停用",
    when: "The feature is switched off for the workspace."
  },
  not_found: { status: 404, en: "There is nothing at this address", zh: "请求的地址不存在", when: "No such route." },
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
  },
  chatbot_not_found: {
    status: 404,
    en: "The chatbot does not exist",
    zh: "聊天机器人不存在",
    when: "The chatbot does not exist in the workspace of the key."
  },
  thread_not_found: {
    status: 404,
    en: "The thread does not exist",
    zh: "会话线程不存在",
    when: "The thread does not exist in the workspace of the key."
  },
  message_not_found: {
    status: 404,
    en: "The message does not exist",
    zh: "消息不存在",
    when: "The message does not exist in the workspace of the key."
  },
  prompt_not_found: {
    status: 404,
    en: "The prompt does not exist",
    zh: "提示不存在",
    when: "The prompt does not exist in the workspace of the key."
  },
  persona_not_found: {
    status: 404,
    en: "The persona does not exist",
    zh: "角色不存在",
    when: "The persona does not exist in the workspace of the key."
  },
  quick_prompt_not_found: {
    status: 404,
    en: "The quick prompt does not exist",
    zh: "快速提示不存在",
    when: "The quick prompt does not exist in the workspace of the key."
  },
  follow_up_prompt_not_found: {
    status: 404,
    en: "The follow-up prompt does not exist",
    zh: "后续提示不存在",
    when: "The follow-up prompt does not exist in the workspace of the key."
  },
  icon_not_found: {
    status: 404,
    en: "The icon does not exist",
    zh: "图标不存在",
    when: "The icon does not exist in the workspace of the key."
  },
  brand_not_found: {
    status: 404,
    en: "The brand does not exist",
    zh: "品牌不存在",
    when: "The brand does not exist in the workspace of the key."
  },
  whitelabel_user_not_found: {
    status: 404,
    en: "The white-label user does not exist",
    zh: "白标用户不存在",
    when: "The white-label user does not exist in the workspace of the key."
  },
  method_not_allowed: {
    status: 405,
    en: "The method is not allowed here",
    zh: "该地址不支持此请求方法",
    when: "The route exists for other methods; `Allow` names them."
  },
  webhook_endpoint_disabled: {
    status: 409,
    en: "The webhook endpoint is disabled",
    zh: "Webhook 端点已停用",
    when: "Nothing is sent to a disabled endpoint; enable it first."
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
  payload_too_large: { status: 413, en: "The body is too large", zh: "请求体过大", when: "The body is too large." },
  unsupported_media_type: {
    status: 415,
    en: "The body must be application/json",
    zh: "请求体必须为 application/json",
    when: "The body is not `application/json`."
  },
  idempotency_mismatch: {
    status: 422,
    en: "This Idempotency-Key was used with another body",
    zh: "该 Idempotency-Key 已用于不同的请求内容",
    when: "The `Idempotency-Key` was used with another body within 24 hours."
  },
  rate_limited: {
    status: 429,
    en: "Too many requests",
    zh: "请求过于频繁",
    when: "The key has made too many requests; `Retry-After` says when to ask again."
  },
  internal: {
    status: 500,
    en: "Something went wrong on our side",
    zh: "服务器内部错误",
    when: "A fault of the server; it logged the `requestId`."
  },
  not_implemented: {
    status: 501,
    en: "This is not available on this server",
    zh: "该功能在此服务器上不可用",
    when: "This server does not offer what was asked."
  },
  model_failed: {
    status: 502,
    en: "The model could not answer",
    zh: "模型未能给出回答",
    when: "The turn is stored as failed; the contact's message is kept."
  },
  unavailable: {
    status: 503,
    en: "The service is temporarily unavailable",
    zh: "服务暂时不可用",
    when: "The server is starting, stopping or has lost its database; `Retry-After` says when to ask again."
  },
  model_timeout: {
    status: 504,
    en: "The model did not answer in time",
    zh: "模型响应超时",
    when: "The turn is stored as failed; the contact's message is kept."
  }
} as const satisfies Record<string, ErrorType>

export type ErrorCode = keyof typeof errorTypes

/** The HTTP status of an error type. */
export const statusOf = (code: ErrorCode): (typeof errorTypes)[ErrorCode]["status"] => errorTypes[code].status
