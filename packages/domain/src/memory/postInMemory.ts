import type { Message } from "../message/Message.ts"
import type { Posting } from "../message/Messages.ts"
import type { StoredDialog } from "./MemoryStore.ts"

/** Puts a message that no turn belongs to at the end of a dialog. */
export const postInMemory = (
  stored: StoredDialog,
  { content, contentType, extra, messageId, sender, url }: Posting,
  createdAt: Date
): Message => {
  const { dialog } = stored
  const sequence = dialog.messageCount + 1
  const message: Message = {
    id: messageId,
    dialogId: dialog.id,
    sequence,
    turnId: null,
    senderType: sender.type,
    senderId: sender.id ?? (sender.type === "agent" ? dialog.agentId : null),
    contentType,
    content,
    url,
    attachments: [],
    channel: dialog.channel,
    agentLogs: [],
    createdAt
  }
  stored.messages.push(message)
  if (extra !== undefined) stored.extras.set(messageId, extra)
  stored.dialog = { ...dialog, messageCount: sequence, lastActiveAt: createdAt }
  return message
}
