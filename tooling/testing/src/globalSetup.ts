import type { TestProject } from "vitest/node"
import { startPostgres } from "./startPostgres.ts"

/** Vitest's `globalSetup`: one PostgreSQL for all tests of a package, under BUTLER_TEST_POSTGRES_URL. */
const setup = async (_project: TestProject): Promise<() => Promise<void>> => {
  const server = await startPostgres()
  process.env["BUTLER_TEST_POSTGRES_URL"] = server.url
  return server.stop
}

export default setup
