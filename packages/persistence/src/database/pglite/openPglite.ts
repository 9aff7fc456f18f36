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

export const openPgliteInMemory = (options: MemoryOptions): Promise<PGlite> =>
  withTypes(PGlite.create({ ...options, ...types, extensions }))

/** A commit is in the write-ahead log, and that on the disk, before it is acknowledged; an unclean end is recovered here. */
export const openPgliteIn = (folder: string): Promise<PGlite> =>
  withTypes(
    PGlite.create({
      fs: durableNodeFs(folder),
      relaxedDurability: false,
      // "-F" is fsync off.
      startParams: [...PGlite.defaultStartParams.filter((flag) => flag !== "-F"), ...DURABLE_PARAMETERS],
      ...types,
      extensions
    })
  )
