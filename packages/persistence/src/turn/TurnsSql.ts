import { AgentNotFound, Cipher, LeaseLost, type RunnableTurn, TurnNotFound, Turns } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { makeAgentCodec } from "../agent/agentCodec.ts"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { SqlFailure } from "../database/SqlFailure.ts"
import { dropHead } from "../lane/dropHead.ts"
import { heartbeat } from "../lane/heartbeat.ts"
import { MESSAGES_CHECK } from "../whitelabel/messageUse.ts"
import { announce } from "../webhook/announce.ts"
import { acceptInOrder, staleOf } from "./acceptInOrder.ts"
import { announceAccepted, announceDue, announceDueIn, announceStopped } from "./announceTurns.ts"
import { cancel } from "./cancel.ts"
import { claim } from "./claim.ts"
import { endTurn } from "./endTurn.ts"
import { facts, forgetExpiredKey } from "./facts.ts"
import { findTurn } from "./findTurn.ts"
import { giveBack } from "./giveBack.ts"

/**
 * What another request took first, an id or the last message that may come this month: the caller looks again, and comes back
 * with new ids if there is a point in it.
 */
const TAKEN = new Set([
  "contact_user_key",
  "contact_pkey",
  "dialog_pkey",
  "lane_pkey",
  "message_pkey",
  "turn_pkey",
  "idempotency_key_pkey",
  MESSAGES_CHECK
])

const isTaken = (failure: SqlFailure) =>
  failure.reason === "conflict" || (failure.constraint !== undefined && TAKEN.has(failure.constraint))

/** `Turns` on SQL: one statement and one round trip per call, but where an outcome has effects. */
export const TurnsSql: Layer.Layer<Turns, never, Cipher | Database> = Layer.effect(
  Turns,
  Effect.gen(function* () {
    const database = yield* Database
    const codec = makeAgentCodec(yield* Cipher)
    const onDatabase = Effect.provideService(Database, database)
    return Turns.of({
      facts: Effect.fnUntraced(
        function* (names) {
          const { idempotency, workspaceId } = names
          if (idempotency !== null) {
            yield* query("turn.forgetKey", (db) => forgetExpiredKey(db, workspaceId, idempotency))
          }
          const found = yield* query("turn.facts", (db) => facts(db, codec, names))
          if (found !== undefined) return found
          const { agentId } = names
          if (agentId !== undefined) return yield* new AgentNotFound({ agentId })
          return yield* Effect.die(new Error(`workspace ${workspaceId} does not exist`))
        },
        onDatabase,
        Effect.catchTag("SqlFailure", Effect.die)
      ),
      accept: (acceptance) =>
        acceptInOrder(acceptance).pipe(
          onDatabase,
          Effect.catchTag("SqlFailure", (failure) =>
            isTaken(failure) ? Effect.fail(staleOf(acceptance.placement)) : Effect.die(failure)
          ),
          Effect.tap((stored) => announceAccepted(acceptance, stored)),
          Effect.map(({ accepted }) => accepted)
        ),
      claim: Effect.fnUntraced(
        function* (limit, terms) {
          const turns: Array<RunnableTurn> = []
          for (;;) {
            const claimed = yield* query("turn.claim", (db) => claim(db, codec, limit - turns.length, terms))
            turns.push(...claimed.turns)
            if (claimed.passed.length === 0 || turns.length >= limit) return turns
            yield* Effect.forEach(claimed.passed, (lane) => query("lane.dropHead", (db) => dropHead(db, "turn", lane)))
          }
        },
        onDatabase,
        Effect.orDie
      ),
      heartbeat: (leases, durationMs) =>
        leases.length === 0
          ? Effect.succeed([])
          : query("turn.heartbeat", (db) => heartbeat(db, "turn", leases, durationMs)).pipe(onDatabase, Effect.orDie),
      giveBack: Effect.fnUntraced(function* (turn, delayMs) {
        const done = yield* query("turn.giveBack", (db) => giveBack(db, turn, delayMs)).pipe(onDatabase, Effect.orDie)
        if (!done) return yield* new LeaseLost({ turnId: turn.id })
        yield* announceDueIn(delayMs)
      }),
      end: Effect.fnUntraced(function* (turn, ending, timeline = []) {
        const ended = yield* endTurn(turn, ending, timeline).pipe(onDatabase, Effect.orDie)
        if (ended === undefined) {
          yield* Effect.logInfo("a turn's outcome came too late and was not stored")
          return yield* new LeaseLost({ turnId: turn.id })
        }
        yield* announce(ended.owes)
        yield* announceStopped(ended.cancelled)
        if (ended.more) yield* announceDue
        return { more: ended.more, repliedAt: ended.replied_at }
      }),
      cancel: Effect.fnUntraced(
        function* (workspaceId, turnId) {
          yield* announce(yield* cancel(workspaceId, turnId))
          yield* announceStopped([turnId])
          const turn = yield* query("turn.find", (db) => findTurn(db, workspaceId, turnId))
          return turn ?? (yield* new TurnNotFound({ turnId }))
        },
        onDatabase,
        Effect.catchTag("SqlFailure", Effect.die)
      ),
      find: (workspaceId, turnId) =>
        query("turn.find", (db) => findTurn(db, workspaceId, turnId)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(Option.fromUndefinedOr)
        )
    })
  })
)
