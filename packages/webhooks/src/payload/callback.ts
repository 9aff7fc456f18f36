import type { DeliveryContent } from "@butler/domain"
import { attachmentsOf } from "./messageEvent.ts"

/** The body of a callback (contract section 3): one reply message, or a turn that failed. */
export const callback = ({ dialogId, message, turn }: DeliveryContent) => ({
  // A failed turn has no message to name; its own id is as unique.
  id: message?.id ?? turn?.id ?? "",
  content: message?.content ?? "",
  createdAt: (message?.createdAt ?? turn?.finishedAt ?? new Date(0)).toISOString(),
  agentLogs: turn?.agentLogs ?? [],
  attachments:
    message === null
      ? []
      : attachmentsOf(message).map(({ contentType, key, name, url }) => ({ key, name, url, contentType })),
  dialogId,
  ...(turn !== null && { turnId: turn.id }),
  ...(message === null && turn !== null && turn.error !== null && { error: turn.error })
})
