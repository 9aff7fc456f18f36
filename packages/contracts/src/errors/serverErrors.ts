import type { ErrorType } from "./ErrorType.ts"

/** What went wrong on the side of the server or of the models. */
export const serverErrors = {
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
