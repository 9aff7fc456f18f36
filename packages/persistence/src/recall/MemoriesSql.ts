import { ContactNotFound, type Distilled, Memories, MemoryNotFound } from "@butler/domain"
import { Effect, Layer } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { retryTransient } from "../database/transaction.ts"
import { listMemories, moveMark, readThrough, removeMemories, updateMemory } from "./memoryStatements.ts"
import { remember } from "./remember.ts"

const distilled = ({ dialogId, facts, from, replaced, through, workspaceId }: Distilled) =>
  retryTransient(
    Effect.gen(function* () {
      const contactId = yield* query("memory.moveMark", (db) => moveMark(db, workspaceId, dialogId, from, through))
      if (contactId === undefined) return false
      if (replaced.length > 0)
        yield* query("memory.replace", (db) => removeMemories(db, workspaceId, contactId, replaced))
      if (facts.length > 0) yield* query("memory.remember", (db) => remember(db, workspaceId, contactId, facts))
      return true
    })
  )

/** `Memories` on SQL. */
export const MemoriesSql: Layer.Layer<Memories, never, Database> = Layer.effect(
  Memories,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return Memories.of({
      list: (memories) => query("memory.list", (db) => listMemories(db, memories)).pipe(onDatabase, Effect.orDie),
      add: Effect.fnUntraced(function* (workspaceId, contactId, memory) {
        const [kept] = yield* query("memory.add", (db) => remember(db, workspaceId, contactId, [memory])).pipe(
          onDatabase,
          Effect.orDie
        )
        return kept ?? (yield* new ContactNotFound({ contactId }))
      }),
      update: Effect.fnUntraced(function* (workspaceId, contactId, id, text) {
        const changed = yield* query("memory.update", (db) => updateMemory(db, workspaceId, contactId, id, text)).pipe(
          onDatabase,
          Effect.orDie
        )
        return changed ?? (yield* new MemoryNotFound({ memoryId: id }))
      }),
      remove: Effect.fnUntraced(function* (workspaceId, contactId, id) {
        const removed = yield* query("memory.remove", (db) => removeMemories(db, workspaceId, contactId, [id])).pipe(
          onDatabase,
          Effect.orDie
        )
        if (removed === 0) return yield* new MemoryNotFound({ memoryId: id })
      }),
      readThrough: (workspaceId, dialogId) =>
        query("memory.readThrough", (db) => readThrough(db, workspaceId, dialogId)).pipe(onDatabase, Effect.orDie),
      distilled: (read) => distilled(read).pipe(onDatabase, Effect.orDie)
    })
  })
)
