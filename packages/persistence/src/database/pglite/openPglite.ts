import { PGlite, type PGliteOptions } from "@electric-sql/pglite"
import { vector } from "@electric-sql/pglite-pgvector"
import { wireTypes } from "../wireTypes.ts"
import { DURABLE_PARAMETERS, durableNodeFs } from "./durableFiles.ts"

const byOid = Object.values(wireTypes).flatMap((type) => [...type.from, type.to].map((oid) => [oid, type] as const))

const types = {
  parsers: Object.fromEntries(byOid.map(([oid, type]) => [oid, type.parse])),
  serializers: Object.fromEntries(byOid.map(([oid, type]) => [oid, type.serialize]))
} satisfies PGliteOptions

/** Unpacked when it is opened, 0.05 MB; a database that has used one cannot do without. */
const extensions = { vector }

/** Once open, PGlite replaces the array types it was given with its own. */
const withTypes = async (opening: Promise<PGlite>): Promise<PGlite> => {
  const pglite = await opening
  Object.assign(pglite.parsers, types.parsers)
  Object.assign(pglite.serializers, types.serializers)
  return pglite
}

/** A dump to start from, and code compiled before. */
export type MemoryOptions = Pick<PGliteOptions, "loadDataDir" | "pgliteWasmModule" | "initdbWasmModule">

/** Segments of the log as small as they can be, and no more of them than are needed. */
const SHORT_LOG = { initdb: ["--wal-segsize=1"], server: ["-c", "min_wal_size=2MB"] }

/** 16 MB, of what is in memory anyway: to clear the usual 128 MB takes 0.9 s of processor time. */
const SMALL_CACHE = ["-B", "2048"]

export const openPgliteInMemory = (options: MemoryOptions): Promise<PGlite> =>
  withTypes(
    PGlite.create({
      ...options,
      initDbStartParams: SHORT_LOG.initdb,
      startParams: [...PGlite.defaultStartParams, ...SMALL_CACHE, ...SHORT_LOG.server],
      ...types,
      extensions
    })
  )

/** To clear PostgreSQL's own 128 MB at start takes their memory for good; what is not in this cache is in the system's. */
const LEAN_CACHE = ["-c", "shared_buffers=32MB"]

/** A commit is in the write-ahead log, and that on the disk, before it is acknowledged; an unclean end is recovered here. */
export const openPgliteIn = (folder: string): Promise<PGlite> =>
  withTypes(
    PGlite.create({
      fs: durableNodeFs(folder),
      relaxedDurability: false,
      // "-F" is fsync off.
      startParams: [...PGlite.defaultStartParams.filter((flag) => flag !== "-F"), ...DURABLE_PARAMETERS, ...LEAN_CACHE],
      initDbStartParams: LEAN_CACHE,
      ...types,
      extensions
    })
  )
