import { ChunkVectors, type VectorWork } from "@butler/domain"
import { Effect, Layer, Option } from "effect"
import { Database } from "../database/Database.ts"
import { query } from "../database/query.ts"
import { ensureVectors } from "./ensureVectors.ts"
import { ensureVectorIndex, isIndexed } from "./vectorIndex.ts"
import { chunksAfter, claimBase, putOffVectors, skipVectors, storeVectors } from "./vectorStatements.ts"

/** A vector of zeros is like nothing, and its distance to all else is no number. */
const isUsable = (vector: ReadonlyArray<number> | undefined): vector is ReadonlyArray<number> =>
  vector?.some((value) => value !== 0) ?? false

/** `ChunkVectors` on SQL with pgvector. */
export const ChunkVectorsSql: Layer.Layer<ChunkVectors, never, Database> = Layer.effect(
  ChunkVectors,
  Effect.map(Database, (database) => {
    const onDatabase = Effect.provideService(Database, database)
    return ChunkVectors.of({
      offered: ensureVectors.pipe(onDatabase, Effect.orDie),
      claim: Effect.fn("ChunkVectors.claim")(
        function* (model, { leaseMs, limit }) {
          const base = yield* query("vector.claim", (db) => claimBase(db, model, leaseMs))
          if (base === undefined) return Option.none()
          const chunks = yield* query("vector.chunks", (db) => chunksAfter(db, base, limit))
          const last = chunks.at(-1)
          const through = last === undefined || chunks.length < limit ? base.through : last.key
          const work: VectorWork = { ...base, model, through, chunks: chunks.map(({ id, text }) => ({ id, text })) }
          return Option.some(work)
        },
        onDatabase,
        Effect.orDie
      ),
      store: Effect.fn("ChunkVectors.store")(
        function* (work, vectors) {
          const given = work.chunks.flatMap(({ id }, index) => {
            const vector = vectors[index]
            return isUsable(vector) ? [{ id, vector }] : []
          })
          const dimension = given[0]?.vector.length
          if (dimension === undefined) {
            yield* query("vector.skip", (db) => skipVectors(db, work))
            return
          }
          const space = { model: work.model, dimension }
          // Only while there is little to index: later it is there.
          if (work.from === 0 && isIndexed(space)) yield* ensureVectorIndex(space)
          yield* query("vector.store", (db) =>
            storeVectors(db, work, {
              ids: given.map(({ id }) => id),
              vectors: given.map(({ vector }) => `[${vector.join(",")}]`),
              dimension
            })
          )
        },
        onDatabase,
        Effect.orDie
      ),
      putOff: (work, delayMs) =>
        query("vector.putOff", (db) => putOffVectors(db, work, delayMs)).pipe(onDatabase, Effect.orDie, Effect.asVoid)
    })
  })
)
