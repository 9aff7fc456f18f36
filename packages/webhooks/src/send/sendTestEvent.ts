import { randomUUID } from "node:crypto"
import {
  type AgentId,
  Cuid,
  DEFAULT_GPT_MODEL,
  type DeliveryContent,
  DeliveryId,
  DialogId,
  MessageId,
  type ThreadEvent,
  type WebhookEndpoint
} from "@butler/domain"
import { Clock, Effect } from "effect"
import { buildRequest } from "../runner/buildRequest.ts"
import { Egress } from "../egress/Egress.ts"
import { send } from "./Sender.ts"

const DIALOG = DialogId.make("dlg_test")
const TEXT = "This is a test event."
const ONE = MessageId.make("1")

/** Null for an endpoint of the workspace's own. */
const testThread = ({ chatbotId, threadId }: WebhookEndpoint, at: Date): ThreadEvent | null =>
  chatbotId === null
    ? null
    : {
        event: "ADD_MESSAGE",
        chatbotId,
        threadId: threadId ?? DIALOG,
        gptModel: DEFAULT_GPT_MODEL,
        message: {
          id: ONE,
          threadId: threadId ?? DIALOG,
          question: null,
          answer: { text: TEXT, at },
          sources: [],
          reaction: "NEUTRAL",
          messageType: "SYSTEM_MESSAGE",
          systemMessageType: null,
          iconUrl: null,
          agentId: null,
          agentName: null,
          prompts: []
        }
      }

const testContent = (endpoint: WebhookEndpoint, staffId: AgentId, now: number): DeliveryContent => ({
  id: DeliveryId.make(randomUUID()),
  workspaceId: endpoint.workspaceId,
  dialogId: DIALOG,
  channelId: Cuid.make("testchannel0000000000000"),
  sessionId: Cuid.make("testsession0000000000000"),
  conversationId: Cuid.make("testconversation00000000"),
  staffId,
  thread: testThread(endpoint, new Date(now)),
  message: {
    id: ONE,
    sequence: 1,
    senderType: "system",
    senderId: null,
    contentType: "text",
    content: TEXT,
    url: "",
    attachments: [],
    createdAt: new Date(now)
  },
  turn: null
})

/** Sends one made-up event now, signed and built as any other, and answers what came of it. Nothing is recorded. */
export const sendTestEvent = Effect.fn("sendTestEvent")(function* (
  endpoint: WebhookEndpoint,
  token: string | null,
  staffId: AgentId,
  secrets: ReadonlyArray<string>
) {
  const { headers, id, payload, timeoutMs, url } = endpoint
  const sent = { id, url, payload, headers, token, timeoutMs }
  const target = { _tag: "Endpoint", ...sent, ratePerMinute: null, slowedMs: 0 } as const
  const now = yield* Clock.currentTimeMillis
  const { dispatcher } = yield* Egress
  return yield* send(dispatcher)(buildRequest(target, testContent(endpoint, staffId, now), secrets, now))
})
