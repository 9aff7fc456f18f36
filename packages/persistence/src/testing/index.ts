import type { Cipher } from "@butler/domain"
import type { Layer } from "effect"
import type { Database } from "../database/Database.ts"
import { freshPglite } from "./freshPglite.ts"
import { freshPostgres } from "./freshPostgres.ts"

export { freshPglite, migratedCluster } from "./freshPglite.ts"
export { freshPostgres, freshPostgresUrl } from "./freshPostgres.ts"

/** Both engines, each with a fresh migrated database per layer: `for (const [name, database] of engines) layer(database)(…)`. */
export const engines: ReadonlyArray<readonly [name: string, database: Layer.Layer<Cipher | Database>]> = [
  ["PostgreSQL", freshPostgres],
  ["PGlite", freshPglite]
]
