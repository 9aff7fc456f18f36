import type { ErrorType } from "./ErrorType.ts"

/** What is wrong with a request itself. */
export const requestErrors = {
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
  not_found: { status: 404, en: "There is nothing at this address", zh: "请求的地址不存在", when: "No such route." },
  method_not_allowed: {
    status: 405,
    en: "The method is not allowed here",
    zh: "该地址不支持此请求方法",
    when: "The route exists for other methods; `Allow` names them."
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
  }
} as const satisfies Record<string, ErrorType>
