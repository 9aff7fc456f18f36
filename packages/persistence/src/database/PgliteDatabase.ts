import type { PGlite } from "@electric-sql/pglite"
import { Effect, Layer, type Scope } from "effect"
import { Kysely, PGliteDialect } from "kysely"
import { Database } from "./Database.ts"
import { completeCluster, type DataDirectoryInUse, holdDataDirectory } from "./pglite/DataDirectory.ts"
import { openPglite } from "./pglite/openPglite.ts"
import type { DB } from "./tables.ts"

const open = (options: Parameters<typeof openPglite>[0]): Effect.Effect<PGlite, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.promise(() => openPglite(options)),
    (pglite) => Effect.promise(() => pglite.close())
  )

const provide = (pglite: PGlite): Database["Service"] => ({
  kysely: new Kysely<DB>({ dialect: new PGliteDialect({ pglite }) }),
  engine: "pglite"
})

/** The embedded database in `dataDir`, made on first use and held by this process alone. */
const layer = (options: { readonly dataDir: string }): Layer.Layer<Database, DataDirectoryInUse> =>
  Layer.effect(
    Database,
    Effect.gen(function* () {
      yield* holdDataDirectory(options.dataDir)
      const cluster = yield* completeCluster(options.dataDir, async (unfinished) => {
        const pglite = await openPglite({ dataDir: unfinished })
        await pglite.close()
      })
      return provide(yield* open({ dataDir: cluster }))
    })
  )

/** A database that ends with its layer, empty or loaded from a dump of another. */
const layerMemory = (options: { readonly loadDataDir?: Blob } = {}): Layer.Layer<Database> =>
  Layer.effect(Database, Effect.map(open(options), provide))

export const PgliteDatabase = { layer, layerMemory }
