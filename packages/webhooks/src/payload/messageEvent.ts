import type { DeliveryContent, PayloadStyle, SenderType } from "@butler/domain"

/** The type of `BUTLER_MESSAGE_CREATED` on the wire. */
export const BUSINESS_TYPE = 15016

const SENDER_NUMBER: Record<SenderType, number> = { system: 0, contact: 1, person: 2, agent: 3 }

const SENDER_NAME: Record<SenderType, string> = {
  system: "SYSTEM",
  contact: "CONTACT",
  person: "HUMAN_AGENT",
  agent: "AI_AGENT"
}

type Message = NonNullable<DeliveryContent["message"]>

/** Who replies: on a reply whoever wrote it, on a contact's message the agent when a turn answers it, or people. */
const processedBy = ({ senderType }: Message, turn: DeliveryContent["turn"]): string => {
  if (senderType === "person" || (senderType === "contact" && turn?.leftToPeople === true)) return "HUMAN_AGENT"
  return senderType === "agent" || (senderType === "contact" && turn !== null) ? "AI_AGENT" : "UNKNOWN"
}

/** Files as the wire shows them; a reply that is itself a file is one. */
export const attachmentsOf = ({ attachments, contentType, id, url }: Message) => [
  ...(contentType === "text" || url === "" ? [] : [{ key: `${id}-0`, name: "", contentType, url }]),
  ...attachments.map(({ contentType: type, name, size, url: place }, index) => ({
    key: `${id}-${index + 1}`,
    name,
    contentType: type,
    url: place,
    size
  }))
]

const styled = (style: PayloadStyle) =>
  style === "example"
    ? { id: (id: string) => ({ id }), sender: (type: SenderType) => SENDER_NUMBER[type] }
    : { id: (id: string) => id, sender: (type: SenderType) => SENDER_NAME[type] }

/** The body of the event of a message (contract 4.1), the same on every attempt. */
export const messageEvent = (content: DeliveryContent, message: Message, style: PayloadStyle) => {
  const { id, sender } = styled(style)
  const { turn } = content
  const replyTo = message.senderType === "agent" ? turn?.inboundMessageId : undefined
  const millis = message.createdAt.getTime()
  return {
    requestId: content.id,
    businessType: BUSINESS_TYPE,
    sequence: message.sequence,
    data: {
      id: message.id,
      senderId: message.senderId ?? "",
      workSpaceId: content.workspaceId,
      senderType: sender(message.senderType),
      sendTime: Math.floor(millis / 1_000),
      content: message.content,
      channelId: id(content.channelId),
      conversationId: id(content.conversationId),
      sessionId: id(content.sessionId),
      isEffectiveReply: message.senderType !== "system",
      attachments: attachmentsOf(message),
      agentLogs: message.senderType === "agent" ? (turn?.agentLogs ?? []) : [],
      createdTime: millis,
      updatedTime: millis,
      ...(replyTo !== undefined && { replyMessageId: replyTo }),
      processedBy: processedBy(message, turn)
    }
  }
}
