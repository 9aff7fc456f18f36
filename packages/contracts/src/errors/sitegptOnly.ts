/** What only the SiteGPT API refuses with. */
export const sitegptOnly = [
  "chatbot_not_found",
  "thread_not_found",
  "message_not_found",
  "prompt_not_found",
  "persona_not_found",
  "quick_prompt_not_found",
  "follow_up_prompt_not_found",
  "icon_not_found",
  "whitelabel_user_not_found"
] as const
