import type { PGlite } from "@electric-sql/pglite"
import { Effect, Layer, type Scope } from "effect"
import { Kysely, PGliteDialect } from "kysely"
import { Database } from "./Database.ts"
import { completeCluster, type DataDirectoryInUse, holdDataDirectory } from "./pglite/DataDirectory.ts"
import { type OpenPglite, withBeginThatFails } from "./pglite/withBeginThatFails.ts"
import type { MemoryOptions } from "./pglite/openPglite.ts"
import { keepUp } from "./pglite/upkeep.ts"
import type { DB } from "./tables.ts"

const scoped = (open: () => Promise<PGlite>): Effect.Effect<PGlite, never, Scope.Scope> =>
  Effect.acquireRelease(Effect.promise(open), (pglite) => Effect.promise(() => pglite.close()))

const over = (pglite: OpenPglite): Database["Service"] => ({
  kysely: new Kysely<DB>({ dialect: new PGliteDialect({ pglite: withBeginThatFails(pglite) }) }),
  engine: "pglite"
})

/** Loaded where the database is embedded. */
const opener = () => import("./pglite/openPglite.ts")

/** The embedded database in `dataDir`, made on first use and held by this process alone. */
const layer = (options: { readonly dataDir: string }): Layer.Layer<Database, DataDirectoryInUse> =>
  Layer.effect(
    Database,
    Effect.gen(function* () {
      yield* holdDataDirectory(options.dataDir)
      const cluster = yield* completeCluster(options.dataDir, async (unfinished) => {
        const { openPgliteIn } = await opener()
        const pglite = await openPgliteIn(unfinished)
        await pglite.close()
      })
      const pglite = yield* scoped(async () => (await opener()).openPgliteIn(cluster))
      yield* Effect.forkScoped(keepUp(pglite))
      return over(pglite)
    })
  )

/** A database that ends with its layer, empty or loaded from a dump of another. */
const layerMemory = (options: MemoryOptions = {}): Layer.Layer<Database> =>
  Layer.effect(
    Database,
    Effect.map(
      scoped(async () => (await opener()).openPgliteInMemory(options)),
      over
    )
  )

export const PgliteDatabase = { layer, layerMemory, over }
