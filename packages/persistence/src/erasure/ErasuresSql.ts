import {
  type ContactId,
  ContactNotFound,
  type DialogId,
  type ErasureReport,
  Erasures,
  NOTHING_ERASED,
  type TurnId,
  type WorkspaceId
} from "@butler/domain"
import { Effect, Layer, Struct } from "effect"
import type { Kysely } from "kysely"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import type { DB } from "../database/tables.ts"
import type { SqlFailure } from "../database/SqlFailure.ts"
import { retryTransient } from "../database/transaction.ts"
import { announceStopped } from "../turn/announceTurns.ts"
import { cancel } from "../turn/cancel.ts"
import { ERASED_BY_DIALOG, ERASED_BY_TURN, eraseOfDialogs, eraseOfTurns } from "./erasedRows.ts"
import {
  dialogsOf,
  eraseContacts,
  eraseDeliveries,
  eraseDialogs,
  eraseEndpoints,
  eraseLanes,
  eraseMemories,
  lockLanes,
  openTurnsOf,
  retireContact
} from "./erasureStatements.ts"

/** Dialogs that are erased together, and rows that are erased in one statement: what a transaction does in a moment. */
const DIALOGS = 50
const ROWS = 2_000

type Kind = keyof ErasureReport
type Counts = Record<Kind, number>

interface Step {
  readonly kind: Kind
  readonly erase: (db: Kysely<DB>, limit: number) => Promise<number>
}

/** Every kind of row that goes before its dialog, in order. */
const stepsFor = (workspaceId: WorkspaceId, dialogIds: ReadonlyArray<DialogId>): ReadonlyArray<Step> => [
  { kind: "deliveries", erase: (db, limit) => eraseDeliveries(db, workspaceId, dialogIds, limit) },
  ...ERASED_BY_TURN.map((table): Step => ({
    kind: table.counts,
    erase: (db, limit) => eraseOfTurns(db, table, workspaceId, dialogIds, limit)
  })),
  ...ERASED_BY_DIALOG.map((table): Step => ({
    kind: table.counts,
    erase: (db, limit) => eraseOfDialogs(db, table, workspaceId, dialogIds, limit)
  }))
]

const eraseRows = Effect.fnUntraced(function* (steps: ReadonlyArray<Step>) {
  const counts: Counts = { ...NOTHING_ERASED }
  for (const { erase, kind } of steps) {
    for (let erased = ROWS; erased === ROWS;) {
      erased = yield* retryTransient(query("erasure.rows", (db) => erase(db, ROWS)))
      counts[kind] += erased
    }
  }
  return counts
})

/** Ends what is open, so that whoever waits is told, and nobody works on. */
const stopTurns = Effect.fnUntraced(function* (workspaceId: WorkspaceId, dialogIds: ReadonlyArray<DialogId>) {
  const open = yield* query("erasure.openTurns", (db) => openTurnsOf(db, workspaceId, dialogIds))
  const stopped = open.map(({ id }) => id)
  yield* Effect.forEach(stopped, (id) => Effect.catchTag(cancel(workspaceId, id), "TurnNotFound", () => Effect.void))
  yield* announceStopped(stopped)
  return stopped
})

/** The dialogs with what has come to them meanwhile, with their order held still. */
const eraseEmptied = (workspaceId: WorkspaceId, dialogIds: ReadonlyArray<DialogId>, steps: ReadonlyArray<Step>) =>
  retryTransient(
    Effect.gen(function* () {
      yield* query("erasure.lockLanes", (db) => lockLanes(db, workspaceId, dialogIds))
      const counts = yield* eraseRows(steps)
      yield* query("erasure.lanes", (db) => eraseLanes(db, workspaceId, dialogIds))
      yield* query("erasure.endpoints", (db) => eraseEndpoints(db, workspaceId, dialogIds))
      counts.dialogs += yield* query("erasure.dialogs", (db) => eraseDialogs(db, workspaceId, dialogIds))
      return counts
    })
  )

/** Something came to the contact between the last look and its erasure. */
const cameMeanwhile = (failure: SqlFailure): boolean => failure.constraint?.endsWith("_contact_fkey") === true

const erase = Effect.fn("Erasures.erase")(function* (workspaceId: WorkspaceId, contactId: ContactId) {
  const contactIds = yield* query("erasure.retire", (db) => retireContact(db, workspaceId, contactId))
  if (contactIds.length === 0) return yield* new ContactNotFound({ contactId })
  const report: Counts = { ...NOTHING_ERASED }
  const stopped: Array<TurnId> = []
  const count = (counts: Counts) => {
    for (const kind of Struct.keys(counts)) report[kind] += counts[kind]
  }
  const all = Effect.gen(function* () {
    for (;;) {
      const dialogIds = yield* query("erasure.someDialogs", (db) => dialogsOf(db, workspaceId, contactIds, DIALOGS))
      if (dialogIds.length === 0) break
      const steps = stepsFor(workspaceId, dialogIds)
      stopped.push(...(yield* stopTurns(workspaceId, dialogIds)))
      count(yield* eraseRows(steps))
      count(yield* eraseEmptied(workspaceId, dialogIds, steps))
    }
    report.memories += yield* query("erasure.memories", (db) => eraseMemories(db, workspaceId, contactIds))
    report.contacts += yield* query("erasure.contacts", (db) => eraseContacts(db, workspaceId, contactIds))
  })
  yield* Effect.retry(all, { while: cameMeanwhile, times: 5 })
  return { report, stopped }
})

/** `Erasures` on SQL. */
export const ErasuresSql: Layer.Layer<Erasures, never, Database> = Layer.effect(
  Erasures,
  Effect.map(Database, (database) =>
    Erasures.of({
      erase: (workspaceId, contactId) =>
        erase(workspaceId, contactId).pipe(
          Effect.provideService(Database, database),
          Effect.catchTag("SqlFailure", Effect.die)
        )
    })
  )
)
