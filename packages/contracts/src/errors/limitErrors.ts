import type { ErrorType } from "./ErrorType.ts"

/** What a workspace or a key may not have or do, or not that often. */
export const limitErrors = {
  chatbot_limit_reached: {
    status: 403,
    en: "There are as many chatbots as there may be",
    zh: "聊天机器人数量已达上限",
    when: "The workspace has a quota of chatbots, and it is used up."
  },
  links_limit_reached: {
    status: 403,
    en: "There are as many links as there may be",
    zh: "链接数量已达上限",
    when: "The workspace has a quota of pages of the web, and it does not hold as many more. Nothing was added."
  },
  files_limit_reached: {
    status: 403,
    en: "There are as many files as there may be",
    zh: "文件数量已达上限",
    when: "The workspace has a quota of files, and it is used up."
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
  rate_limited: {
    status: 429,
    en: "Too many requests",
    zh: "请求过于频繁",
    when: "The key has made too many requests; `Retry-After` says when to ask again."
  }
} as const satisfies Record<string, ErrorType>
