import type { ErrorType } from "./ErrorType.ts"

/** What does not exist in the workspace of the key, in the words of the SiteGPT API. */
export const sitegptMissingErrors = {
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
  }
} as const satisfies Record<string, ErrorType>
