import type { Pool } from "undici"

/** Who speaks: named by `userId`, by `dialogId` once there is one, or not at all. */
export interface Speaker {
  readonly userId?: string
  readonly dialogId?: string
}

export interface TurnReply {
  readonly dialogId: string
  readonly turnId: string
}

/** An API that turns are sent through; rejects when one is answered with anything but an answer in the right dialog. */
export type Face = (pool: Pool, key: string, query: string, speaker: Speaker) => Promise<Pick<TurnReply, "dialogId">>

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null

const isReply = (message: unknown): boolean =>
  isRecord(message) && message["type"] === "assistant" && typeof message["text"] === "string" && message["text"] !== ""

/** What the envelope says; undefined when it is not the one of an answered turn. */
const readReply = (envelope: unknown): TurnReply | undefined => {
  if (!isRecord(envelope) || envelope["code"] !== 200 || envelope["message"] !== "success") return undefined
  const { data } = envelope
  if (!isRecord(data) || data["status"] !== "completed" || !Array.isArray(data["agentLogs"])) return undefined
  const { dialogId, messages, turnId } = data
  if (typeof dialogId !== "string" || typeof turnId !== "string") return undefined
  return Array.isArray(messages) && messages.length > 0 && messages.every(isReply) ? { dialogId, turnId } : undefined
}

/** The turn that an envelope says has been accepted and not begun. */
export const readAccepted = (envelope: unknown): string | undefined => {
  if (!isRecord(envelope) || envelope["code"] !== 200 || !isRecord(envelope["data"])) return undefined
  const { status, turnId } = envelope["data"]
  return status === "queued" && typeof turnId === "string" ? turnId : undefined
}

/** One turn over HTTP; rejects when it is answered with anything but an answer in the right dialog. */
export const callTurn = async (pool: Pool, key: string, query: string, speaker: Speaker): Promise<TurnReply> => {
  const response = await pool.request({
    method: "POST",
    path: "/api/open/v4/butler/chat/completions",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ query, ...speaker })
  })
  const text = await response.body.text()
  const reply = response.statusCode === 200 ? readReply(JSON.parse(text)) : undefined
  if (reply === undefined || (speaker.dialogId ?? reply.dialogId) !== reply.dialogId) {
    throw new Error(`status ${response.statusCode}: ${text.slice(0, 500)}`)
  }
  return reply
}
