import type { Vitest } from "@effect/vitest"
import { Array as Arr, Effect, Schedule } from "effect"
import type { Agent } from "../agent/Agent.ts"
import { API_CHANNEL } from "../dialog/Dialog.ts"
import { type DialogQuery, Dialogs } from "../dialog/Dialogs.ts"
import { Ids } from "../ids/Ids.ts"
import type { DialogId, TurnId, WorkspaceId } from "../ids/brands.ts"
import type { Reply } from "../message/Message.ts"
import { acceptTurn, type TurnCommand, type TurnRefused } from "../turn/acceptTurn.ts"
import type { TurnProgressLog } from "../turn/progress.ts"
import type { TurnEffect } from "../turn/TurnEffect.ts"
import { type RunnableTurn, type TurnEnding, Turns } from "../turn/Turns.ts"
import { Workspaces } from "../workspace/Workspace.ts"

/** Long enough never to run out within a test. */
export const LONG_MS = 600_000

/** Short enough to wait for. */
export const SHORT_MS = 30

/** What the suites about turns and dialogs need of a store. */
export type DialogStore = Turns | TurnProgressLog | Dialogs | Workspaces | Ids

/** The tests of one layer. */
export type Tests<R> = Vitest.MethodsNonLive<R>

/** A workspace of its own for each test, so that a suite can share one store with others. */
export const newWorkspace = Effect.gen(function* () {
  const ids = yield* Ids
  const workspaces = yield* Workspaces
  const made = { id: yield* ids.agentId, name: "Butler" }
  const workspace = yield* workspaces.create({ id: yield* ids.workspaceId, name: "Contract" }, made)
  const agent: Agent = { ...made, version: 1 }
  return { workspaceId: workspace.id, agent }
})

/** A command that leaves its turn to a runner. */
export const command = (workspaceId: WorkspaceId, given: Partial<TurnCommand> = {}): TurnCommand => ({
  workspaceId,
  userId: null,
  dialogId: null,
  ifMissing: "error",
  query: "Where is my order?",
  attachments: [],
  channel: API_CHANNEL,
  sendWebhook: null,
  onBusy: "enqueue",
  quietMs: 0,
  idempotency: null,
  leaseMs: null,
  ...given
})

export const newTerms = Effect.fnUntraced(function* (durationMs: number) {
  const ids = yield* Ids
  return { token: yield* ids.snowflake, durationMs }
})

/** The first of what a test relies on to be there. */
export const first = <A>(items: ReadonlyArray<A>) => Effect.fromOption(Arr.head(items))

/** Claims whatever is due, and answers what of it belongs to the workspace. */
export const claimIn = Effect.fnUntraced(function* (workspaceId: WorkspaceId, durationMs: number = LONG_MS) {
  const turns = yield* Turns
  const claimed = yield* turns.claim(1000, yield* newTerms(durationMs))
  return claimed.filter((turn) => turn.workspaceId === workspaceId)
})

/** Claims until the turn is among the claimed, since a lease or a delay runs out by the store's own clock. */
export const claimUntil = (workspaceId: WorkspaceId, turnId: TurnId, durationMs: number = LONG_MS) =>
  claimIn(workspaceId, durationMs).pipe(
    Effect.repeat({
      until: (claimed) => claimed.some(({ id }) => id === turnId),
      schedule: Schedule.spaced("5 millis")
    }),
    Effect.timeout("10 seconds")
  )

export const completed = (replies: ReadonlyArray<Reply> = [], effects: ReadonlyArray<TurnEffect> = []): TurnEnding => ({
  status: "completed",
  replies,
  agentLogs: [],
  steps: [],
  effects
})

/** Accepts a turn and leases it; a defect when something is before it. */
export const acceptLeased = Effect.fnUntraced(function* (
  workspaceId: WorkspaceId,
  leaseMs: number,
  given: Partial<TurnCommand> = {}
): Effect.fn.Return<RunnableTurn, TurnRefused, Ids | Turns> {
  const { runnable } = yield* acceptTurn(command(workspaceId, { ...given, leaseMs }))
  return runnable ?? (yield* Effect.die("the dialog is busy"))
})

export const getTurn = Effect.fnUntraced(function* (workspaceId: WorkspaceId, turnId: TurnId) {
  const turns = yield* Turns
  return yield* turns.find(workspaceId, turnId).pipe(Effect.flatMap(Effect.fromOption))
})

/** All that was said in a dialog, oldest first. */
export const messagesOf = Effect.fnUntraced(function* (workspaceId: WorkspaceId, dialogId: DialogId) {
  const dialogs = yield* Dialogs
  return yield* dialogs.messages({ workspaceId, dialogId, order: "asc", after: null, limit: 1000 })
})

/** The workspace's dialogs, newest first. */
export const dialogsIn = Effect.fnUntraced(function* (workspaceId: WorkspaceId, query: Partial<DialogQuery> = {}) {
  const dialogs = yield* Dialogs
  return yield* dialogs.list({ workspaceId, contactId: null, userId: null, after: null, limit: 1000, ...query })
})

export const newReply = Effect.fnUntraced(function* (content: string, given: Partial<Reply> = {}) {
  const ids = yield* Ids
  const reply: Reply = { id: yield* ids.messageId, contentType: "text", content, url: "", ...given }
  return reply
})
