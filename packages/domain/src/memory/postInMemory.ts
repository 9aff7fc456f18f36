import type { Message } from "../message/Message.ts"
import type { Posting } from "../message/Messages.ts"
import type { StoredDialog, StoredWorkspace } from "./MemoryStore.ts"

/** Puts a message that no turn belongs to at the end of a dialog. */
export const postInMemory = (
  { workspace }: StoredWorkspace,
  stored: StoredDialog,
  { content, contentType, messageId, sender, url }: Posting,
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
    senderId: sender.id ?? (sender.type === "agent" ? workspace.defaultAgentId : null),
    contentType,
    content,
    url,
    attachments: [],
    channel: dialog.channel,
    agentLogs: [],
    createdAt
  }
  stored.messages.push(message)
  stored.dialog = { ...dialog, messageCount: sequence, lastActiveAt: createdAt }
  return message
}
