import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { Schema } from "effect"

const ROOT = join(import.meta.dirname, "..", "..", "..", "..")

const Manifest = Schema.Struct({ dependencies: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)) })
const decodeManifest = Schema.decodeUnknownSync(Schema.fromJsonString(Manifest))

const building = new Map<string, Promise<unknown>>()

const dependenciesOf = (folder: string): ReadonlyArray<string> => {
  const { dependencies = {} } = decodeManifest(readFileSync(join(ROOT, folder, "package.json"), "utf8"))
  return Object.keys(dependencies).flatMap((name) =>
    name.startsWith("@butler/") ? [name.replace("@butler/", "packages/")] : []
  )
}

/** A package is built after those whose declarations it reads, and once. */
const build = (folder: string): Promise<unknown> => {
  const known = building.get(folder)
  if (known !== undefined) return known
  const compile = () =>
    promisify(execFile)(join(ROOT, "node_modules", ".bin", "tsc"), ["-p", join(ROOT, folder, "tsconfig.build.json")])
  const built = Promise.all(dependenciesOf(folder).map(build)).then(compile)
  building.set(folder, built)
  return built
}

/**
 * Builds what tests run as processes, for a `globalSetup`: apps, named as "apps/api", with all they import. Within a Turbo
 * task that has been done before.
 */
export const buildPackages = async (...folders: ReadonlyArray<string>): Promise<void> => {
  if (process.env["TURBO_HASH"] !== undefined) return
  for (const folder of folders) await build(folder)
}
