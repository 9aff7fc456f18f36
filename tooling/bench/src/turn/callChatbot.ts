import { type Face, isRecord } from "./callTurn.ts"

/** The thread that an answered message stands in; undefined when the envelope is not that of an answer. */
const readThread = (envelope: unknown): string | undefined => {
  if (!isRecord(envelope) || envelope["success"] !== true || !isRecord(envelope["data"])) return undefined
  const { message, threadId } = envelope["data"]
  if (typeof threadId !== "string" || !isRecord(message) || !Array.isArray(message["smartPrompts"])) return undefined
  const { answer } = message
  const isAnswered = isRecord(answer) && typeof answer["text"] === "string" && answer["text"] !== ""
  return isAnswered && message["threadId"] === threadId ? threadId : undefined
}

/** Messages of visitors to a chatbot of the SiteGPT API, whose threads are dialogs. */
export const callChatbot =
  (chatbotId: string): Face =>
  async (pool, key, query, { dialogId }) => {
    const response = await pool.request({
      method: "POST",
      path: `/api/v0/chatbots/${chatbotId}/message`,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ message: query, ...(dialogId !== undefined && { threadId: dialogId }) })
    })
    const text = await response.body.text()
    const threadId = response.statusCode === 200 ? readThread(JSON.parse(text)) : undefined
    if (threadId === undefined || (dialogId ?? threadId) !== threadId) {
      throw new Error(`status ${response.statusCode}: ${text.slice(0, 500)}`)
    }
    return { dialogId: threadId }
  }
