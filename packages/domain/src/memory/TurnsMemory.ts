import { Clock, Effect, Layer, Option } from "effect"
import { AgentNotFound } from "../agent/Agent.ts"
import { useOf } from "../agent/ModelUse.ts"
import { chatbotOf } from "../chatbot/chatbotOf.ts"
import { DialogId } from "../ids/brands.ts"
import * as Lane from "../lane/Lane.ts"
import type { Lease } from "../lane/Lane.ts"
import { DialogBusy } from "../turn/onBusy.ts"
import { TurnNotFound } from "../turn/Turn.ts"
import { conversationId } from "../ids/Ids.ts"
import { effectsOf, LeaseLost, type RunnableTurn, StaleResolution, Turns } from "../turn/Turns.ts"
import { acceptInMemory, dialogIdOf, replayed } from "./acceptInMemory.ts"
import { advanceHead } from "./advanceHead.ts"
import { applyEffect } from "./applyEffect.ts"
import { cancelInMemory } from "./cancelInMemory.ts"
import { claimInMemory } from "./claimInMemory.ts"
import { currentDate } from "./currentDate.ts"
import { countMessage, functionsOf, messagesLeft } from "./entitlementInMemory.ts"
import { addUseInMemory } from "./ModelUsesMemory.ts"
import { endInMemory } from "./endInMemory.ts"
import { agentOf, contactOfUser, forgetProgress, MemoryStore, workspaceOf } from "./MemoryStore.ts"

const keepAlive = (store: MemoryStore["Service"], lease: Lease, now: number, durationMs: number): boolean => {
  const stored = store.workspaces.get(lease.workspaceId)?.dialogs.get(DialogId.make(lease.key))
  const lane = stored && Lane.heartbeat(stored.lane, now, { token: lease.token, durationMs })
  if (stored === undefined || !lane) return false
  stored.lane = lane
  return true
}

/** `Turns` over the shared memory, with the clock of the caller. */
export const TurnsMemory: Layer.Layer<Turns, never, MemoryStore> = Layer.effect(
  Turns,
  Effect.map(MemoryStore, (store) => {
    const dialogOf = ({ dialogId, workspaceId }: RunnableTurn) =>
      store.workspaces.get(workspaceId)?.dialogs.get(dialogId)
    return Turns.of({
      facts: Effect.fnUntraced(function* ({
        dialogId,
        dialogsOf,
        draft = false,
        idempotency,
        userId,
        workspaceId,
        ...names
      }) {
        const now = yield* currentDate
        const workspace = workspaceOf(store, workspaceId)
        const { agentId = workspace.workspace.defaultAgentId } = names
        const agent = workspace.agents.get(agentId)
        if (agent === undefined || agent.removed) return yield* new AgentNotFound({ agentId })
        const contact = userId === null ? null : contactOfUser(workspace, userId)
        const dialog = dialogId === null ? null : (workspace.dialogs.get(dialogId)?.dialog ?? null)
        const answering = functionsOf(store, workspaceId)(agentOf(agent, draft))
        return {
          agent: answering,
          chatbot: dialogsOf === undefined ? null : chatbotOf(answering, agent.content),
          messagesLeft: messagesLeft(store, workspaceId, now),
          workspaceBudget: workspace.workspace.modelBudget,
          replay: idempotency && replayed(workspace, idempotency, now),
          contact: contact && { id: contact.id, activeDialogId: contact.activeDialogId },
          dialog: dialog && { id: dialog.id, contactId: dialog.contactId, agentId: dialog.agentId }
        }
      }),
      accept: Effect.fnUntraced(function* (acceptance) {
        const now = yield* currentDate
        const dialogId = dialogIdOf(acceptance.placement)
        const { counted = false, workspaceId } = acceptance
        if (counted && messagesLeft(store, workspaceId, now) === 0) return yield* new StaleResolution({ dialogId })
        const accepted = acceptInMemory(workspaceOf(store, workspaceId), acceptance, now)
        if (accepted === "stale") return yield* new StaleResolution({ dialogId })
        if (accepted === "busy") return yield* new DialogBusy({ dialogId })
        if (counted) countMessage(store, workspaceId, now)
        forgetProgress(store, accepted.superseded)
        return accepted
      }),
      claim: (limit, terms) => Effect.map(currentDate, (now) => claimInMemory(store, limit, now, terms)),
      heartbeat: (leases, durationMs) =>
        Effect.map(Clock.currentTimeMillis, (now) =>
          leases.filter((lease) => keepAlive(store, lease, now, durationMs))
        ),
      giveBack: Effect.fnUntraced(function* (turn, delayMs) {
        const now = yield* Clock.currentTimeMillis
        const stored = dialogOf(turn)
        const lane = stored && Lane.retry(stored.lane, now, turn.lease.token, delayMs)
        if (stored === undefined || !lane) return yield* new LeaseLost({ turnId: turn.id })
        advanceHead(stored, "queued")
        stored.lane = lane
      }),
      end: Effect.fnUntraced(function* (turn, ending, timeline = []) {
        const now = yield* currentDate
        const cuid = yield* conversationId
        const workspace = store.workspaces.get(turn.workspaceId)
        const stored = dialogOf(turn)
        const ended = stored !== undefined && endInMemory(stored, turn, ending, timeline, now)
        if (workspace === undefined || !ended) return yield* new LeaseLost({ turnId: turn.id })
        forgetProgress(store, [turn.id])
        store.checkpoints.delete(turn.id)
        addUseInMemory(store, turn, useOf(ending.steps), now)
        for (const effect of effectsOf(ending)) applyEffect({ workspace, stored, turn, cuid, now }, effect)
        return { more: stored.lane.lastSeq > stored.lane.doneSeq, repliedAt: now }
      }),
      cancel: Effect.fnUntraced(function* (workspaceId, turnId) {
        const now = yield* currentDate
        const stored = store.workspaces.get(workspaceId)?.dialogOfTurn.get(turnId)
        const turn = stored?.turns.find(({ id }) => id === turnId)
        if (stored === undefined || turn === undefined) return yield* new TurnNotFound({ turnId })
        forgetProgress(store, [turnId])
        return cancelInMemory(stored, turn, now)
      }),
      find: (workspaceId, turnId) =>
        Effect.sync(() => {
          const stored = store.workspaces.get(workspaceId)?.dialogOfTurn.get(turnId)
          return Option.fromUndefinedOr(stored?.turns.find(({ id }) => id === turnId))
        })
    })
  })
)
