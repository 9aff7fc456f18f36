import { AgentLog, ContentType, type Reply, TurnStatus } from "@butler/domain"
import { Schema } from "effect"

/** What the agent says in one message. Every key is always there, with a zero value where it says nothing. */
export const ReplyMessage = Schema.Struct({
  type: Schema.Literal("assistant"),
  contentType: ContentType,
  text: Schema.String,
  url: Schema.String,
  meta: Schema.Struct({
    width: Schema.Finite,
    height: Schema.Finite,
    size_kb: Schema.Finite,
    duration: Schema.Finite,
    format: Schema.String,
    coverUrl: Schema.String
  })
}).annotate({
  identifier: "ReplyMessage",
  description: "Every key is always there, with `0` or an empty string where it says nothing."
})
export type ReplyMessage = typeof ReplyMessage.Type

/** A reply as every face but the native message list shows it. */
export const replyMessage = (reply: Pick<Reply, "contentType" | "content" | "url">): ReplyMessage => ({
  type: "assistant",
  contentType: reply.contentType,
  text: reply.content,
  url: reply.url,
  meta: { width: 0, height: 0, size_kb: 0, duration: 0, format: "", coverUrl: "" }
})

/** The domain's vocabulary with the words the document gives it; readers ignore types and keys they do not know. */
export const AgentLogResource = AgentLog.annotate({
  identifier: "AgentLog",
  description:
    "One line of what the agent did. Ignore a `type` you do not know. `timestamp` and `costTime` are in milliseconds, `kb[].created_at` in seconds; keys that a type does not use are absent, never null. `knowledge` lists what was searched, `knowledge_hit` what the answer is grounded on."
})

/** The domain's vocabulary with the words the document gives it. */
export const TurnStatusResource = TurnStatus.annotate({
  identifier: "TurnStatus",
  description:
    "`queued` or `running` while the turn is open; else its one end. A `coalesced` turn's caller gets the answer of the turn it joined."
})

/** The reply to an accepted turn, HTTP 200. */
export const CompletionResponse = Schema.Struct({
  code: Schema.Literal(200),
  message: Schema.Literal("success"),
  data: Schema.Struct({
    dialogId: Schema.String,
    agentLogs: Schema.Array(AgentLogResource),
    messages: Schema.Array(ReplyMessage),
    turnId: Schema.String,
    status: TurnStatusResource
  })
}).annotate({ identifier: "CompletionResponse", description: "The turn's state: the answer, or where it stands." })
export type CompletionResponse = typeof CompletionResponse.Type

/** The envelope around a turn's state. */
export const completionResponse = (data: CompletionResponse["data"]): CompletionResponse => ({
  code: 200,
  message: "success",
  data
})
