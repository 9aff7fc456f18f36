import { Effect } from "effect"
import type { AgentNotFound } from "../agent/Agent.ts"
import type { Chatbot } from "../chatbot/Chatbot.ts"
import type { MessageExtra } from "../chatbot/ThreadMessage.ts"
import type { Channel } from "../dialog/Dialog.ts"
import { type Resolution, type ResolutionRefused, resolve } from "../dialog/resolution.ts"
import { Ids } from "../ids/Ids.ts"
import type { DialogId, MessageId, TurnId } from "../ids/brands.ts"
import type { LeaseTerms } from "../lane/Lane.ts"
import type { Attachment } from "../message/Message.ts"
import { MessagesLimitReached } from "../whitelabel/Entitlement.ts"
import { type IdempotencyMismatch, replayOf } from "./idempotency.ts"
import type { DialogBusy, OnBusy } from "./onBusy.ts"
import {
  type AcceptedStatus,
  type Placement,
  type RunnableTurn,
  type TurnFacts,
  type TurnNames,
  Turns
} from "./Turns.ts"

/** A contact's message as a caller hands it in, decoded and trimmed. */
export interface TurnCommand extends TurnNames {
  readonly ifMissing: "error" | "create"
  readonly query: string
  readonly attachments: ReadonlyArray<Attachment>
  /** What a thread shows with the message. */
  readonly extra?: MessageExtra
  readonly channel: Channel
  readonly sendWebhook: string | null
  readonly onBusy: OnBusy
  readonly quietMs: number
  /** How long the caller leases the turn for when it can run it itself; null leaves it to a runner. */
  readonly leaseMs: number | null
}

/** The contact's message as it was stored. */
export interface AskedMessage {
  readonly messageId: MessageId
  readonly at: Date
}

/** An accepted turn; `runnable` when the caller holds its lease and has to run it. */
export interface AcceptedTurn {
  readonly turnId: TurnId
  readonly dialogId: DialogId
  readonly runnable: RunnableTurn | null
  /** Null when nothing was stored. */
  readonly asked: AskedMessage | null
  /** `TurnFacts.chatbot`. */
  readonly chatbot: Chatbot | null
  /** Turns that this one ended, for whoever runs them to stop. */
  readonly superseded: ReadonlyArray<TurnId>
  /** Null when the idempotency key stood for this turn already, and nothing was stored. */
  readonly status: AcceptedStatus | null
}

/** Why a message is not accepted; nothing is stored then. */
export type TurnRefused = AgentNotFound | ResolutionRefused | DialogBusy | IdempotencyMismatch | MessagesLimitReached

/** A fact can turn stale only by another request's success, so progress is certain; the bound is for a broken store. */
const MAX_ATTEMPTS = 50

const leaseTerms = (ids: Ids["Service"], durationMs: number | null): Effect.Effect<LeaseTerms | null> =>
  durationMs === null ? Effect.succeed(null) : Effect.map(ids.snowflake, (token) => ({ token, durationMs }))

const place = Effect.fnUntraced(function* (resolution: Resolution): Effect.fn.Return<Placement, never, Ids> {
  if (resolution._tag === "ExistingDialog") return resolution
  const ids = yield* Ids
  const seed = yield* ids.dialogSeed
  const dialog = resolution.dialogId === null ? seed : { ...seed, id: resolution.dialogId }
  return resolution._tag === "NewDialog"
    ? { _tag: "NewDialog", contactId: resolution.contactId, dialog, onlyIfNone: resolution.dialogId === null }
    : { _tag: "NewContact", contactId: yield* ids.contactId, userId: resolution.userId, dialog }
})

const store = Effect.fnUntraced(function* (command: TurnCommand, facts: TurnFacts) {
  const turns = yield* Turns
  const ids = yield* Ids
  const { attachments, channel, extra, idempotency, onBusy, query, quietMs, sendWebhook, workspaceId } = command
  const { messagesLeft = null } = facts
  const placement = yield* place(yield* Effect.fromResult(resolve(command, facts)))
  const turnId = yield* ids.turnId
  const messageId = yield* ids.messageId
  const accepted = yield* turns.accept({
    workspaceId,
    placement,
    turnId,
    messageId,
    agentId: facts.agent.id,
    agentVersion: facts.agent.version,
    query,
    attachments,
    ...(extra !== undefined && Object.keys(extra).length > 0 && { extra }),
    channel,
    sendWebhook,
    onBusy,
    quietMs,
    idempotency,
    counted: messagesLeft !== null,
    lease: yield* leaseTerms(ids, quietMs > 0 ? null : command.leaseMs)
  })
  const { acceptedAt, contactId, dialogId, earlierQueries, lease, status, superseded } = accepted
  const whole = [...earlierQueries, query].join("\n")
  const { agent, chatbot, workspaceBudget = null } = facts
  const work = { agent, query: whole, attachments, channel, workspaceBudget }
  const base = { id: turnId, workspaceId, dialogId, contactId, ...work }
  const runnable: RunnableTurn | null = lease === null ? null : { ...base, attempts: 1, lease }
  const asked = { messageId, at: acceptedAt }
  return { turnId, dialogId, runnable, asked, chatbot, superseded, status } satisfies AcceptedTurn
})

const attempt = Effect.fnUntraced(function* (command: TurnCommand) {
  const turns = yield* Turns
  const facts = yield* turns.facts(command)
  const replay = yield* Effect.fromResult(replayOf(command.idempotency, facts.replay))
  if (replay === null) {
    if (facts.messagesLeft === 0) return yield* new MessagesLimitReached()
    return yield* store(command, facts)
  }
  const { dialogId, turnId } = replay
  const { chatbot } = facts
  return { turnId, dialogId, runnable: null, asked: null, chatbot, superseded: [], status: null } satisfies AcceptedTurn
})

/**
 * Resolves contact and dialog and stores the message as a turn, all or nothing. However many first messages of one new
 * contact arrive at once, there is one contact and one dialog; however often one idempotency key, one turn.
 */
export const acceptTurn = Effect.fn("acceptTurn")((command: TurnCommand) =>
  attempt(command).pipe(
    Effect.retry({ while: (error) => error._tag === "StaleResolution", times: MAX_ATTEMPTS }),
    Effect.catchTag("StaleResolution", Effect.die)
  )
)
