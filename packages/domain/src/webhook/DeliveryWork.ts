import type { AgentLog } from "../agent/AgentLog.ts"
import type { AgentId, Cuid, DialogId, MessageId, TurnId, WorkspaceId } from "../ids/brands.ts"
import type { Lease } from "../lane/Lane.ts"
import type { Attachment, ContentType, SenderType } from "../message/Message.ts"
import type { TurnFailure } from "../turn/Turn.ts"
import type { AttemptError, DeliveryId } from "./Delivery.ts"
import type { ThreadEvent } from "./ThreadEvent.ts"
import type { EndpointPayload, WebhookEndpointId } from "./WebhookEndpoint.ts"

/** What a delivery tells of: read from the rows it points at, and so the same on every attempt. */
export interface DeliveryContent {
  readonly id: DeliveryId
  readonly workspaceId: WorkspaceId
  readonly dialogId: DialogId
  readonly channelId: Cuid
  readonly sessionId: Cuid
  readonly conversationId: Cuid
  /** The workspace's own agent, in whose name is sent. */
  readonly staffId: AgentId
  /** What a chatbot's own webhook is told; null for all others. */
  readonly thread: ThreadEvent | null
  /** Null for a turn that failed. */
  readonly message: {
    readonly id: MessageId
    readonly sequence: number
    readonly senderType: SenderType
    readonly senderId: string | null
    readonly contentType: ContentType
    readonly content: string
    readonly url: string
    readonly attachments: ReadonlyArray<Attachment>
    readonly createdAt: Date
  } | null
  readonly turn: {
    readonly id: TurnId
    readonly inboundMessageId: MessageId
    /** It came while people had the dialog, so that no agent answers it. */
    readonly leftToPeople: boolean
    readonly agentLogs: ReadonlyArray<AgentLog>
    readonly error: TurnFailure | null
    readonly finishedAt: Date | null
  } | null
}

export interface EndpointTarget {
  readonly _tag: "Endpoint"
  readonly id: WebhookEndpointId
  readonly url: string
  readonly payload: EndpointPayload
  readonly headers: Readonly<Record<string, string>>
  /** What a chatbot's receiver knows the sender by; null for none. */
  readonly token: string | null
  readonly timeoutMs: number
  readonly ratePerMinute: number | null
  /** How long nothing may be sent yet. */
  readonly slowedMs: number
}

export interface CallbackTarget {
  readonly _tag: "Callback"
  readonly url: string
}

/** What there is to send, and where. */
export interface DueDelivery {
  readonly target: EndpointTarget | CallbackTarget
  readonly content: DeliveryContent
  /** Newest first; none when the workspace has never had one. */
  readonly secrets: ReadonlyArray<string>
  /** Attempts of this schedule so far. */
  readonly attempts: number
}

/** A leased delivery lane with its head and what waits behind it. */
export interface DeliveryWork {
  readonly lease: Lease
  /**
   * In order, from the lease's `seq` on without a gap, one at least. Null for what is not to be sent: its endpoint is
   * disabled or removed, or its rows are gone.
   */
  readonly run: ReadonlyArray<DueDelivery | null>
}

/** A request to a receiver, as far as it came. */
export interface Attempt {
  readonly at: Date
  readonly durationMs: number
  readonly status: number | null
  readonly error: AttemptError | null
  /** At most 16 kB of the answer's body. */
  readonly response: string
  readonly retryAfterMs: number | null
}

/** What becomes of a claimed delivery. */
export type DeliveryOutcome =
  | {
      readonly _tag: "Attempted"
      readonly attempt: Attempt
      readonly verdict: "delivered" | "dead" | { readonly retryInMs: number }
      /** `gone`: disable it. `slowForMs`: hold back all that goes there, for so long if it said how long. */
      readonly endpoint: "unchanged" | "unreachable" | "gone" | { readonly slowForMs: number | null }
    }
  /** Put off without an attempt. */
  | { readonly _tag: "Deferred"; readonly delayMs: number }
  | { readonly _tag: "Skipped" }
