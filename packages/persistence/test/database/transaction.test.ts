import { assert, layer } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber } from "effect"
import { sql } from "kysely"
import { onConstraint, query, retryTransient, transaction } from "../../src/index.ts"
import { engines } from "../../src/testing/index.ts"
import { createRows, insertPair, insertRow, storedRows } from "./rows.ts"

/** Every third one fails after it wrote. */
const twoOfThree = (n: number) =>
  Effect.exit(transaction(n % 3 === 0 ? Effect.andThen(insertPair(n), Effect.fail("no")) : insertPair(n)))

for (const [name, database] of engines) {
  layer(database, { excludeTestServices: true, timeout: "60 seconds" })(`transaction on ${name}`, (it) => {
    const emptied = Effect.andThen(
      query("rows.drop", (db) => sql`drop table if exists rows`.execute(db)),
      createRows
    )

    it.effect("commits on success, and a nested one joins", () =>
      Effect.gen(function* () {
        yield* emptied
        yield* transaction(Effect.andThen(insertRow(1), transaction(insertRow(2))))
        assert.deepStrictEqual(yield* storedRows, [1, 2])
        yield* Effect.exit(transaction(Effect.andThen(transaction(insertRow(3)), Effect.fail("no"))))
        assert.deepStrictEqual(yield* storedRows, [1, 2])
      })
    )

    it.effect("rolls back on failure and on a defect, and passes them on", () =>
      Effect.gen(function* () {
        yield* emptied
        assert.strictEqual(yield* Effect.flip(transaction(Effect.andThen(insertRow(1), Effect.fail("no")))), "no")
        assert.isTrue(Exit.hasDies(yield* Effect.exit(transaction(Effect.andThen(insertRow(1), Effect.die("bug"))))))
        assert.deepStrictEqual(yield* storedRows, [])
      })
    )

    it.effect("rolls back on interruption", () =>
      Effect.gen(function* () {
        yield* emptied
        const inserted = yield* Deferred.make<void>()
        const work = insertRow(1).pipe(
          Effect.andThen(Deferred.succeed(inserted, undefined)),
          Effect.andThen(Effect.never)
        )
        const fiber = yield* Effect.forkChild(transaction(work))
        yield* Deferred.await(inserted)
        yield* Fiber.interrupt(fiber)
        assert.deepStrictEqual(yield* storedRows, [])
      })
    )

    it.effect("rolls back when interrupted in the middle of a statement", () =>
      Effect.gen(function* () {
        yield* emptied
        const started = yield* Deferred.make<void>()
        const slow = query("rows.slow", (db) => {
          Deferred.doneUnsafe(started, Exit.void)
          return sql`insert into rows select generate_series(1, 20000)`.execute(db)
        })
        const fiber = yield* Effect.forkChild(transaction(Effect.andThen(insertRow(0), slow)))
        yield* Deferred.await(started)
        yield* Fiber.interrupt(fiber)
        assert.deepStrictEqual(yield* storedRows, [])
      })
    )

    it.effect("a query of another fiber neither sees nor joins it", () =>
      Effect.gen(function* () {
        yield* emptied
        const inserted = yield* Deferred.make<void>()
        const finish = yield* Deferred.make<void>()
        const work = insertRow(1).pipe(
          Effect.andThen(Deferred.succeed(inserted, undefined)),
          Effect.andThen(Deferred.await(finish)),
          Effect.andThen(Effect.fail("rolled back"))
        )
        const inside = yield* Effect.forkChild(Effect.exit(transaction(work)))
        yield* Deferred.await(inserted)
        const seen = yield* Effect.forkChild(storedRows)
        const outside = yield* Effect.forkChild(insertRow(2))
        yield* Effect.yieldNow
        yield* Deferred.succeed(finish, undefined)
        yield* Fiber.join(inside)
        assert.notInclude(yield* Fiber.join(seen), 1)
        yield* Fiber.join(outside)
        assert.deepStrictEqual(yield* storedRows, [2])
      })
    )

    it.effect("many at once stay whole", () =>
      Effect.gen(function* () {
        yield* emptied
        const numbers = Array.from({ length: 60 }, (_, n) => n)
        yield* Effect.forEach(numbers, twoOfThree, { concurrency: "unbounded" })
        const expected = Array.from({ length: 120 }, (_, id) => id).filter((id) => Math.floor(id / 2) % 3 !== 0)
        assert.deepStrictEqual(yield* storedRows, expected)
      })
    )

    it.effect("a failure swallowed inside spoils the commit, aloud", () =>
      Effect.gen(function* () {
        yield* emptied
        yield* insertRow(1)
        const work = Effect.andThen(insertRow(2), Effect.ignore(insertRow(1)))
        assert.strictEqual((yield* Effect.flip(transaction(work))).operation, "commit")
        assert.deepStrictEqual(yield* storedRows, [1])
      })
    )

    it.effect("a fiber that outlives it cannot write through it", () =>
      Effect.gen(function* () {
        yield* emptied
        const ended = yield* Deferred.make<void>()
        const late = yield* transaction(Effect.forkDetach(Effect.andThen(Deferred.await(ended), insertRow(9))))
        yield* Deferred.succeed(ended, undefined)
        assert.isTrue(Exit.isFailure(yield* Fiber.await(late)))
        assert.deepStrictEqual(yield* storedRows, [])
      })
    )

    it.effect("a named constraint becomes a domain error, another failure a defect", () =>
      Effect.gen(function* () {
        yield* emptied
        yield* insertRow(1)
        const failure = yield* Effect.flip(insertRow(1))
        assert.deepInclude(failure, {
          operation: "rows.insert",
          reason: "constraint",
          code: "23505",
          constraint: "rows_key"
        })
        const known = insertRow(1).pipe(Effect.catch(onConstraint("rows_key", () => "taken")))
        assert.strictEqual(yield* Effect.flip(known), "taken")
        const other = insertRow(1).pipe(Effect.catch(onConstraint("some_other_key", () => "taken")))
        assert.isTrue(Exit.hasDies(yield* Effect.exit(other)))
      })
    )

    it.effect("retryTransient runs a lost transaction again, and gives up in the end", () =>
      Effect.gen(function* () {
        yield* emptied
        let runs = 0
        const conflict = query("conflict", (db) =>
          sql`do $$ begin raise exception 'lost' using errcode = '40001'; end $$`.execute(db)
        )
        const losesTwice = Effect.andThen(
          insertRow(1),
          Effect.suspend(() => (runs++ < 2 ? conflict : Effect.void))
        )
        yield* retryTransient(losesTwice)
        assert.deepStrictEqual([runs, yield* storedRows], [3, [1]])
        assert.strictEqual((yield* Effect.flip(retryTransient(conflict))).reason, "conflict")
      })
    )
  })
}
