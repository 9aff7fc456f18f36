import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"

const ROOT = join(import.meta.dirname, "..", "..", "..", "..")

const project = (folder: string): string => join(ROOT, folder, "tsconfig.build.json")

/**
 * Builds what tests run as processes, for a `globalSetup`: apps, named as "apps/api", with all they import. Within a Turbo
 * task that has been done before.
 */
export const buildPackages = async (...folders: ReadonlyArray<string>): Promise<void> => {
  if (process.env["TURBO_HASH"] !== undefined) return
  await promisify(execFile)(join(ROOT, "node_modules", ".bin", "tsc"), ["-b", ...folders.map(project)])
}
