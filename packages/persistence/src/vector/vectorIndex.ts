import { createHash } from "node:crypto"
import { type RawBuilder, sql } from "kysely"
import { query } from "../database/query.ts"

/** Of `vector`, and of `halfvec`, as far as an index can hold them. Longer ones are compared one by one. */
const MOST_INDEXED = 2_000
const MOST_HALF_INDEXED = 4_000

/** Vectors of one model and length are comparable; the index is over those alone. */
export interface VectorSpace {
  readonly model: string
  readonly dimension: number
}

/** The type that vectors of a space are compared as. */
export const typeOf = ({ dimension }: VectorSpace): RawBuilder<unknown> =>
  sql.raw(dimension > MOST_INDEXED && dimension <= MOST_HALF_INDEXED ? `halfvec(${dimension})` : `vector(${dimension})`)

/** Literals: the planner must see that the index of the space will do. */
export const inSpace = ({ dimension, model }: VectorSpace): RawBuilder<unknown> =>
  sql`model = ${sql.lit(model)} and dimension = ${sql.lit(dimension)}`

const nameOf = ({ dimension, model }: VectorSpace): string =>
  `chunk_vector_${createHash("sha256").update(`${model} ${dimension}`).digest("hex").slice(0, 16)}_idx`

/** The index over a space; there is little or nothing to index yet when it is made. */
export const ensureVectorIndex = (space: VectorSpace) =>
  query("vector.index", (db) =>
    sql`
      create index if not exists ${sql.id(nameOf(space))} on chunk_vector
      using hnsw ((embedding::${typeOf(space)}) ${sql.raw(space.dimension > MOST_INDEXED ? "halfvec_cosine_ops" : "vector_cosine_ops")})
      where ${inSpace(space)}`.execute(db)
  )

export const isIndexed = ({ dimension }: VectorSpace): boolean => dimension <= MOST_HALF_INDEXED
