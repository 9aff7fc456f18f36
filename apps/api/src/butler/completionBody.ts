import { type CompletionResponse, completionResponse, type ReplyMessage } from "@butler/contracts"
import type { TurnState } from "@butler/agent"
import type { Reply } from "@butler/domain"

const NO_META: ReplyMessage["meta"] = { width: 0, height: 0, size_kb: 0, duration: 0, format: "", coverUrl: "" }

/** A reply as callers read it, every key present. */
export const replyMessage = ({ content, contentType, url }: Reply): ReplyMessage => ({
  type: "assistant",
  contentType,
  text: content,
  url,
  meta: NO_META
})

/** The envelope around a turn's state. */
export const completionBody = ({ agentLogs, dialogId, id, replies, status }: TurnState): CompletionResponse =>
  completionResponse({ dialogId, agentLogs, messages: replies.map(replyMessage), turnId: id, status })
