import { createHash } from "node:crypto"
import { lstatSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import type { PGlite } from "@electric-sql/pglite"
import { type Cipher, CipherPlain } from "@butler/domain"
import { Effect, Layer } from "effect"
import { Database } from "../database/Database.ts"
import { migrate } from "../database/migrate.ts"
import { type MemoryOptions, openPgliteInMemory } from "../database/pglite/openPglite.ts"
import { PgliteDatabase } from "../database/PgliteDatabase.ts"
import { onceOnDisk } from "./onceOnDisk.ts"
import { fromPool } from "./pglitePool.ts"

const DAY_MS = 86_400_000
const PREFIX = `butler-pglite-${process.getuid?.() ?? 0}-`
/** Whatever has a part in making it. */
const RECIPE = [".", "../database/pglite", "../migrations"].map((folder) => join(import.meta.dirname, folder))
const PGLITE = dirname(createRequire(import.meta.url).resolve("@electric-sql/pglite"))

/** Another for every change of a migration, of PGlite, or of how it is made here. */
const snapshotFile = (): string => {
  const hash = createHash("sha256").update(readFileSync(join(PGLITE, "..", "package.json")))
  for (const folder of RECIPE) {
    for (const name of readdirSync(folder).toSorted()) {
      if (/\.[jt]s$/.test(name)) hash.update(name).update(readFileSync(join(folder, name)))
    }
  }
  return join(tmpdir(), `${PREFIX}${hash.digest("hex").slice(0, 16)}.tar`)
}

const dropOldSnapshots = (): void => {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const path = join(tmpdir(), name)
    const made = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs
    if (made !== undefined && made < Date.now() - DAY_MS) rmSync(path, { force: true })
  }
}

/** What a database alone does not need: a third of what is read for each. */
const DROP_TEMPLATES = [
  "update pg_database set datistemplate = false",
  "drop database template0",
  "drop database template1"
]

/** A new cluster, migrated. */
const makeSnapshot = async (): Promise<Blob> => {
  dropOldSnapshots()
  const pglite = await openPgliteInMemory({})
  await Effect.runPromise(Effect.provideService(migrate, Database, PgliteDatabase.over(pglite)))
  for (const statement of [...DROP_TEMPLATES, "checkpoint"]) await pglite.query(statement)
  const dump = await pglite.dumpDataDir("none")
  await pglite.close()
  return dump
}

/** A migrated cluster, kept between runs: making one takes 6 s of processor time, loading one 0.5 s. */
export const migratedCluster = (): Promise<Blob> => onceOnDisk(snapshotFile(), makeSnapshot)

/** Node's types know no WebAssembly without those of the DOM. */
declare const WebAssembly: { readonly compile: (code: Uint8Array) => Promise<object> }

const compile = (file: string): Promise<object> => WebAssembly.compile(readFileSync(join(PGLITE, file)))

/** Compiled once in a process: 0.3 s of processor time for each database. */
const compiled = (() => {
  let modules: Promise<Omit<MemoryOptions, "loadDataDir">> | undefined
  return () =>
    (modules ??= Promise.all([compile("pglite.wasm"), compile("initdb.wasm")]).then(
      ([pgliteWasmModule, initdbWasmModule]) => ({ pgliteWasmModule, initdbWasmModule })
    ))
})()

const open = async (): Promise<PGlite> =>
  openPgliteInMemory({ loadDataDir: await migratedCluster(), ...(await compiled()) })

/** A private, migrated database on PGlite, in memory, and a cipher that hides nothing. */
export const freshPglite: Layer.Layer<Cipher | Database> = Layer.merge(
  CipherPlain,
  Layer.effect(Database, Effect.map(fromPool(open), PgliteDatabase.over))
)
