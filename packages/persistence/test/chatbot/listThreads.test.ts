import { type AgentId, Threads, type WorkspaceId } from "@butler/domain"
import { newWorkspace } from "@butler/domain/testing"
import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { sql } from "kysely"
import { PersistenceLayer, query } from "../../src/index.ts"
import { engines } from "../../src/testing/index.ts"

/** Enough for marks, with some more behind the last. */
const THREADS = 3456

const name = (n: number): string => `t${String(n).padStart(6, "0")}`

/** Three of a time each, an hour apart, the last one an hour ago. */
const fill = (workspaceId: WorkspaceId, agentId: AgentId, from: number, to: number, hoursAgo: number) =>
  query("test.fill", (db) =>
    sql`
      with contact_now as (
        insert into contact (workspace_id, id) values (${workspaceId}::uuid, ${from}::bigint) returning id
      )
      insert into dialog (workspace_id, id, contact_id, agent_id, channel, channel_id, session_id, conversation_id, created_at)
      select ${workspaceId}::uuid, 't' || lpad(n::text, 6, '0'), c.id, ${agentId}::bigint, '{"type":"API"}', 'c', 's', 'v',
             now() - ${hoursAgo}::integer * interval '1 hour' + n / 3 * interval '1 second'
      from contact_now c, generate_series(${from}::integer, ${to}::integer) n`.execute(db)
  )

for (const [engine, database] of engines) {
  const store = PersistenceLayer.pipe(Layer.provideMerge(database))
  layer(store, { excludeTestServices: true, timeout: "60 seconds" })(`pages of threads on ${engine}`, (it) => {
    it.effect("hold each thread once, newest first, wherever they begin, also after some were added and removed", () =>
      Effect.gen(function* () {
        const { agent, workspaceId } = yield* newWorkspace
        const chatbot = { workspaceId, chatbotId: agent.id }
        const threads = yield* Threads
        const page = (offset: number, limit: number) =>
          Effect.map(threads.list(chatbot, { offset, limit }), (list) => list.map(({ id }): string => id))
        const check = Effect.fnUntraced(function* (all: ReadonlyArray<string>) {
          for (const offset of [
            0,
            950,
            999,
            1000,
            1001,
            1999,
            2400,
            3000,
            all.length - 50,
            all.length,
            all.length + 1
          ]) {
            assert.deepStrictEqual(yield* page(offset, 100), all.slice(offset, offset + 100), `behind ${offset}`)
          }
        })
        yield* fill(workspaceId, agent.id, 1, THREADS, 3)
        const all = Array.from({ length: THREADS }, (_, index) => name(THREADS - index))
        yield* check(all)
        yield* check(all)
        yield* fill(workspaceId, agent.id, THREADS + 1, THREADS + 700, 1)
        const more = [...Array.from({ length: 700 }, (_, index) => name(THREADS + 700 - index)), ...all]
        yield* check(more)
        const gone = name(1234)
        yield* query("test.remove", (db) =>
          sql`delete from dialog where workspace_id = ${workspaceId}::uuid and id = ${gone}`.execute(db)
        )
        yield* check(more.filter((id) => id !== gone))
        const marks = yield* query("test.marks", (db) =>
          sql<{ readonly count: number }>`
            select count(*)::integer as count from thread_mark where workspace_id = ${workspaceId}::uuid`.execute(db)
        )
        assert.strictEqual(marks.rows[0]?.count, 4)
      })
    )
  })
}
