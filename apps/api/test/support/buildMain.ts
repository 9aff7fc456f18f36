import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"

const ROOT = join(import.meta.dirname, "..", "..", "..", "..")

/** Each after those it reads the declarations of. */
const PACKAGES = [["packages/domain"], ["packages/contracts", "packages/persistence", "packages/agent"], ["apps/api"]]

const build = (folder: string): Promise<unknown> =>
  promisify(execFile)(join(ROOT, "node_modules", ".bin", "tsc"), ["-p", join(ROOT, folder, "tsconfig.build.json")])

/** Vitest's `globalSetup`: what runs as a process is what was built. Turbo has built it before. */
const setup = async (): Promise<void> => {
  if (process.env["TURBO_HASH"] !== undefined) return
  for (const together of PACKAGES) await Promise.all(together.map(build))
}

export default setup
