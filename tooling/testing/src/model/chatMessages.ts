export interface ChatMessage {
  readonly role: string
  readonly content: string
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const isList = (value: unknown): value is ReadonlyArray<unknown> => Array.isArray(value)

const textOf = (content: unknown): string => {
  if (typeof content === "string") return content
  if (!isList(content)) return ""
  return content.map((part) => (isRecord(part) && typeof part["text"] === "string" ? part["text"] : "")).join("")
}

/** A field of a request's body; undefined where there is none. */
export const fieldOf = (body: unknown, name: string): unknown => (isRecord(body) ? body[name] : undefined)

/** The messages of a chat-completions request, contents as text. */
export const chatMessages = (body: unknown): ReadonlyArray<ChatMessage> => {
  const messages = fieldOf(body, "messages")
  if (!isList(messages)) return []
  return messages.filter(isRecord).map(({ content, role }) => ({ role: String(role), content: textOf(content) }))
}
