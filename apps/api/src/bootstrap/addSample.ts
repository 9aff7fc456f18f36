import { acceptTurn, Ids, ingestDocument, Turns, type WorkspaceId } from "@butler/domain"
import { Effect } from "effect"
import { greeting } from "../sample/greeting.ts"
import { refundDocuments } from "../sample/refundDocuments.ts"

export const SAMPLE_AGENT = "RefundPolicyAgent"

/** Never runs out in practice: the turn ends in the same transaction. */
const LEASE_MS = 600_000

const addDialog = Effect.fnUntraced(function* (workspaceId: WorkspaceId) {
  const { channel, dialogId, query, reply, userId } = greeting
  const { runnable } = yield* acceptTurn({
    workspaceId,
    userId,
    dialogId,
    ifMissing: "create",
    query,
    attachments: [],
    channel,
    sendWebhook: null,
    onBusy: "enqueue",
    quietMs: 0,
    idempotency: null,
    leaseMs: LEASE_MS
  })
  if (runnable === null) return
  const id = yield* (yield* Ids).messageId
  const replies = [{ id, contentType: "text" as const, content: reply, url: "" }]
  yield* (yield* Turns).end(runnable, { status: "completed", replies, agentLogs: [], steps: [] })
})

/**
 * Gives a workspace the sample knowledge base, contact and dialog. To be run in the transaction that makes the workspace: then
 * it has all of it or does not exist.
 */
export const addSample = Effect.fn("addSample")(function* (workspaceId: WorkspaceId) {
  yield* Effect.forEach(refundDocuments, (document) => ingestDocument({ workspaceId, ...document }), { discard: true })
  yield* addDialog(workspaceId)
}, Effect.orDie)
