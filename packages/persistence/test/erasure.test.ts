import {
  acceptTurn,
  Erasures,
  Memories,
  MemoryId,
  ModelUses,
  NO_USE,
  Threads,
  TurnCheckpoints,
  TurnProgressLog,
  Turns,
  UserId
} from "@butler/domain"
import { command, newWorkspace } from "@butler/domain/testing"
import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { sql } from "kysely"
import { ERASED_BY_DIALOG, ERASED_BY_TURN } from "../src/erasure/erasedRows.ts"
import { PersistenceLayer, query } from "../src/index.ts"
import { engines } from "../src/testing/index.ts"

/** Erased by statements of their own, and those that only say which of the rest there were. */
const BY_HAND = new Set(["contact", "dialog", "delivery", "contact_memory", "webhook_endpoint"])

/** Has a dialog's id without being about it: a place in a list, which goes when a dialog does. */
const MARKS = new Set(["thread_mark"])

/** Tables that name a contact or what belongs to one. */
const naming = query("test.naming", (db) =>
  sql<{ readonly table: string }>`
    select distinct c.table_name as table
    from information_schema.columns c
    join pg_class t on t.relname = c.table_name and not t.relispartition
    where c.table_schema = 'public'
      and (c.column_name ~ '(^|_)(contact|dialog|turn|message)_id$' or c.column_name = 'user_id')`.execute(db)
)

/** Tables whose rows go with a contact's or a dialog's. */
const following = query("test.following", (db) =>
  sql<{ readonly table: string }>`
    select distinct t.relname as table from pg_constraint k
    join pg_class t on t.oid = k.conrelid
    join pg_class o on o.oid = k.confrelid
    where k.contype = 'f' and k.confdeltype = 'c' and o.relname in ('contact', 'dialog')`.execute(db)
)

/** How many rows of all tables have a text in them. */
const rowsWith = Effect.fnUntraced(function* (text: string) {
  const { rows: tables } = yield* query("test.tables", (db) =>
    sql<{ readonly table: string }>`
      select t.relname as table from pg_class t
      join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
      where t.relkind in ('r', 'p') and not t.relispartition`.execute(db)
  )
  const found = yield* Effect.forEach(tables, ({ table }) =>
    query("test.rows", (db) =>
      sql<{ readonly n: number }>`
        select count(*)::integer as n from ${sql.table(table)} r where strpos(r::text, ${text}) > 0`.execute(db)
    ).pipe(Effect.map(({ rows }) => ({ table, n: rows[0]?.n ?? 0 })))
  )
  return found.filter(({ n }) => n > 0).map(({ table }) => table)
})

const endpoint = (workspaceId: string) =>
  query("test.endpoint", (db) =>
    sql`
      insert into webhook_endpoint (workspace_id, id, url, events, payload, headers, ordered, timeout_ms, enabled)
      values (${workspaceId}::uuid, 'we_1', 'https://example.com', '["BUTLER_MESSAGE_CREATED"]', 'dto', '{}', true, 1000, true),
             (${workspaceId}::uuid, 'we_2', 'https://example.com', '["BUTLER_MESSAGE_CREATED"]', 'dto', '{}', false, 1000, true)`.execute(
      db
    )
  )

for (const [name, database] of engines) {
  layer(PersistenceLayer.pipe(Layer.provideMerge(database)), { excludeTestServices: true, timeout: "60 seconds" })(
    `erasing a contact on ${name}`,
    (it) => {
      it.effect("no table that names contacts, dialogs, turns or messages is forgotten", () =>
        Effect.gen(function* () {
          const erased = new Set([...ERASED_BY_DIALOG, ...ERASED_BY_TURN].map(({ table }) => table))
          const goes = new Set((yield* following).rows.map(({ table }) => table))
          const forgotten = (yield* naming).rows.filter(
            ({ table }) => !erased.has(table) && !goes.has(table) && !BY_HAND.has(table) && !MARKS.has(table)
          )
          assert.deepStrictEqual(forgotten, [])
        })
      )

      it.effect("nothing in the whole database tells of it any more, and its lanes are gone", () =>
        Effect.gen(function* () {
          const { agent, workspaceId } = yield* newWorkspace
          yield* endpoint(workspaceId)
          const userId = UserId.make("user-of-the-erased")
          const secret = "the secret of the erased"
          const given = {
            userId,
            query: secret,
            sendWebhook: "https://example.com/cb",
            idempotency: { route: "test", key: "key", fingerprint: "f" },
            leaseMs: 600_000
          }
          const { dialogId, runnable } = yield* acceptTurn(command(workspaceId, given))
          if (runnable === null) return yield* Effect.die("the dialog is busy")
          const { contactId } = runnable
          const place = { workspaceId, chatbotId: agent.id, threadId: dialogId }
          yield* (yield* Threads).change(place, { webhookUrl: `https://example.com/${secret}`, webhookToken: secret })
          const { add, distilled } = yield* Memories
          yield* add(workspaceId, contactId, { id: MemoryId.make("77"), text: secret, sourceMessageId: null })
          const progress = { task: "refund", details: { it: secret }, asking: null, tries: 0 }
          yield* (yield* Turns).end(runnable, {
            status: "completed",
            replies: [],
            agentLogs: [],
            steps: [],
            effects: [
              { _tag: "TaskProgress", progress },
              { _tag: "ContactDetails", details: { name: secret } },
              { _tag: "Unanswered", question: secret, language: "en" }
            ]
          })
          yield* distilled({ workspaceId, dialogId, from: 0, through: 1, facts: [], replaced: [] })
          yield* (yield* ModelUses).record(workspaceId, contactId, { ...NO_USE, calls: 1 })
          const again = yield* acceptTurn(command(workspaceId, { userId, query: secret, leaseMs: 600_000 }))
          if (again.runnable === null) return yield* Effect.die("the dialog is busy")
          const running = again.runnable
          yield* (yield* TurnCheckpoints).write(running, "tool.1.0", { content: secret })
          const told = { workspaceId, turnId: running.id, lease: running.lease }
          yield* (yield* TurnProgressLog).append([{ ...told, events: [{ n: 2, kind: "delta", text: secret }] }])

          const ids = [dialogId, contactId, runnable.id, running.id]
          const filled = new Set((yield* Effect.forEach(ids, rowsWith)).flat())
          const empty = (yield* naming).rows.filter(({ table }) => !filled.has(table) && !MARKS.has(table))
          assert.deepStrictEqual(empty, [], "tables that this test leaves empty")
          const { report } = yield* (yield* Erasures).erase(workspaceId, contactId)
          assert.isAtLeast(report.events, 2)
          assert.isAtLeast(report.deliveries, 3)
          for (const trace of [userId, secret, ...ids]) assert.deepStrictEqual(yield* rowsWith(trace), [], trace)
          const { rows: lanes } = yield* query("test.lanes", (db) =>
            sql`select from lane where workspace_id = ${workspaceId}::uuid`.execute(db)
          )
          assert.strictEqual(lanes.length, 0)
        })
      )
    }
  )
}
