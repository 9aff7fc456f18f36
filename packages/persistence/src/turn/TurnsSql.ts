import { LeaseLost, StaleResolution, Turns, Wakeups } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { SqlFailure } from "../database/SqlFailure.ts"
import { heartbeat } from "../lane/heartbeat.ts"
import { accept } from "./accept.ts"
import { claim } from "./claim.ts"
import { end } from "./end.ts"
import { facts } from "./facts.ts"
import { findTurn } from "./findTurn.ts"
import { giveBack } from "./giveBack.ts"

/** An id that another request took first: the caller looks again, and comes back with new ids. */
const TAKEN = new Set(["contact_user_key", "contact_pkey", "dialog_pkey", "lane_pkey", "message_pkey", "turn_pkey"])

const isTaken = (failure: SqlFailure) =>
  failure.reason === "conflict" || (failure.constraint !== undefined && TAKEN.has(failure.constraint))

const announce = (owes: boolean): Effect.Effect<void> =>
  owes ? Effect.flatMap(Wakeups, ({ signal }) => signal("delivery")) : Effect.void

/** `Turns` on SQL: one statement and one round trip per call. */
export const TurnsSql: Layer.Layer<Turns, never, Database> = Layer.effect(
  Turns,
  Effect.gen(function* () {
    const database = yield* Database
    const onDatabase = Effect.provideService(Database, database)
    return Turns.of({
      facts: (names) => query("turn.facts", (db) => facts(db, names)).pipe(onDatabase, Effect.orDie),
      accept: Effect.fnUntraced(function* (acceptance) {
        const { placement, workspaceId } = acceptance
        const dialogId = placement._tag === "ExistingDialog" ? placement.dialogId : placement.dialog.id
        const stale = new StaleResolution({ dialogId })
        const row = yield* query("turn.accept", (db) => accept(db, acceptance)).pipe(
          onDatabase,
          Effect.catch((failure) => (isTaken(failure) ? Effect.fail(stale) : Effect.die(failure)))
        )
        if (row === undefined) return yield* stale
        yield* announce(row.owes)
        const { contact_id: contactId, leased, seq } = row
        const token = leased ? acceptance.lease?.token : undefined
        const lease = token === undefined ? null : { workspaceId, key: row.dialog_id, seq, token }
        return { contactId, dialogId: row.dialog_id, lease }
      }),
      claim: (limit, terms) => query("turn.claim", (db) => claim(db, limit, terms)).pipe(onDatabase, Effect.orDie),
      heartbeat: (leases, durationMs) =>
        leases.length === 0
          ? Effect.succeed([])
          : query("turn.heartbeat", (db) => heartbeat(db, "turn", leases, durationMs)).pipe(onDatabase, Effect.orDie),
      giveBack: Effect.fnUntraced(function* (turn, delayMs) {
        const done = yield* query("turn.giveBack", (db) => giveBack(db, turn, delayMs)).pipe(onDatabase, Effect.orDie)
        if (!done) return yield* new LeaseLost({ turnId: turn.id })
      }),
      end: Effect.fnUntraced(function* (turn, ending) {
        const row = yield* query("turn.end", (db) => end(db, turn, ending)).pipe(onDatabase, Effect.orDie)
        if (row === undefined) return yield* new LeaseLost({ turnId: turn.id })
        yield* announce(row.owes)
        return row.more
      }),
      find: (workspaceId, turnId) =>
        query("turn.find", (db) => findTurn(db, workspaceId, turnId)).pipe(
          onDatabase,
          Effect.orDie,
          Effect.map(Option.fromUndefinedOr)
        )
    })
  })
)
