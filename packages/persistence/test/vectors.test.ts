import { assert, it } from "@effect/vitest"
import { ChunkVectors } from "@butler/domain"
import { chunkVectorsContract } from "@butler/domain/testing"
import { Effect, Layer } from "effect"
import { PersistenceLayer } from "../src/index.ts"
import { freshPglite, freshPostgres } from "../src/testing/index.ts"

chunkVectorsContract("PGlite", PersistenceLayer.pipe(Layer.provide(freshPglite)))

it.effect("a PostgreSQL without pgvector offers no vectors, and says so without an error", () =>
  Effect.gen(function* () {
    assert.isFalse(yield* (yield* ChunkVectors).offered)
  }).pipe(Effect.provide(PersistenceLayer.pipe(Layer.provide(freshPostgres))))
)
