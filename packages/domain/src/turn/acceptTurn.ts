import { Effect } from "effect"
import type { Channel } from "../dialog/Dialog.ts"
import { type Resolution, resolve } from "../dialog/resolution.ts"
import { Ids } from "../ids/Ids.ts"
import type { DialogId, UserId, WorkspaceId } from "../ids/brands.ts"
import type { LeaseTerms } from "../lane/Lane.ts"
import type { Attachment } from "../message/Message.ts"
import { type Acceptance, type Placement, type RunnableTurn, type TurnFacts, Turns } from "./Turns.ts"

/** A contact's message as a caller hands it in, decoded and trimmed. */
export interface TurnCommand {
  readonly workspaceId: WorkspaceId
  readonly userId: UserId | null
  readonly dialogId: DialogId | null
  readonly ifMissing: "error" | "create"
  readonly query: string
  readonly attachments: ReadonlyArray<Attachment>
  readonly channel: Channel
  readonly sendWebhook: string | null
  /** How long the caller leases the turn for when it can run it itself; null leaves it to a runner. */
  readonly leaseMs: number | null
}

/** An accepted turn; `runnable` when the caller holds its lease and has to run it. */
export interface AcceptedTurn {
  readonly turnId: Acceptance["turnId"]
  readonly dialogId: DialogId
  readonly runnable: RunnableTurn | null
}

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
  const placement = yield* place(yield* Effect.fromResult(resolve(command, facts)))
  const { workspaceId, query, attachments, channel, sendWebhook } = command
  const turnId = yield* ids.turnId
  const { contactId, dialogId, lease } = yield* turns.accept({
    workspaceId,
    placement,
    turnId,
    messageId: yield* ids.messageId,
    agentId: facts.agent.id,
    query,
    attachments,
    channel,
    sendWebhook,
    lease: yield* leaseTerms(ids, command.leaseMs)
  })
  const base = { id: turnId, workspaceId, dialogId, contactId, agent: facts.agent, query, attachments, channel }
  const runnable: RunnableTurn | null = lease === null ? null : { ...base, attempts: 1, lease }
  return { turnId, dialogId, runnable } satisfies AcceptedTurn
})

/**
 * Resolves contact and dialog and stores the message as a turn, all or nothing. However many first messages of one new
 * contact arrive at once, there is one contact and one dialog.
 */
export const acceptTurn = Effect.fn("acceptTurn")(function* (command: TurnCommand) {
  const turns = yield* Turns
  return yield* turns.facts(command).pipe(
    Effect.flatMap((facts) => store(command, facts)),
    Effect.retry({ while: (error) => error._tag === "StaleResolution", times: MAX_ATTEMPTS }),
    Effect.catchTag("StaleResolution", Effect.die)
  )
})
