import { randomUUID } from "node:crypto"
import {
  type AgentId,
  Cuid,
  type DeliveryContent,
  DeliveryId,
  DialogId,
  MessageId,
  type WebhookEndpoint
} from "@butler/domain"
import { Clock, Effect } from "effect"
import { buildRequest } from "../runner/buildRequest.ts"
import { Egress } from "../egress/Egress.ts"
import { send } from "./Sender.ts"

const testContent = ({ workspaceId }: WebhookEndpoint, staffId: AgentId, now: number): DeliveryContent => ({
  id: DeliveryId.make(randomUUID()),
  workspaceId,
  dialogId: DialogId.make("dlg_test"),
  channelId: Cuid.make("testchannel0000000000000"),
  sessionId: Cuid.make("testsession0000000000000"),
  conversationId: Cuid.make("testconversation00000000"),
  staffId,
  message: {
    id: MessageId.make("1"),
    sequence: 1,
    senderType: "system",
    senderId: null,
    contentType: "text",
    content: "This is a test event.",
    url: "",
    attachments: [],
    createdAt: new Date(now)
  },
  turn: null
})

/** Sends one made-up event now, signed and built as any other, and answers what came of it. Nothing is recorded. */
export const sendTestEvent = Effect.fn("sendTestEvent")(function* (
  endpoint: WebhookEndpoint,
  staffId: AgentId,
  secrets: ReadonlyArray<string>
) {
  const { headers, id, payload, timeoutMs, url } = endpoint
  const target = { _tag: "Endpoint", id, url, payload, headers, timeoutMs, ratePerMinute: null, slowedMs: 0 } as const
  const now = yield* Clock.currentTimeMillis
  const { dispatcher } = yield* Egress
  return yield* send(dispatcher)(buildRequest(target, testContent(endpoint, staffId, now), secrets, now))
})
