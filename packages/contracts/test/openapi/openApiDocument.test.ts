import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { assert, describe, it } from "@effect/vitest"
import { openApiDocument, routes } from "../../src/openapi/index.ts"

const run = promisify(execFile)
const here = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const OPEN = new Set([
  "/healthz",
  "/readyz",
  "/metrics",
  "/openapi.json",
  "/docs",
  "/api/open/v3/token",
  "/api/v0/icons/{iconId}",
  "/v1/workspaces/{workspaceId}/jwks.json"
])

describe("openApiDocument", () => {
  it("is valid OpenAPI 3.1 by strict rules", async () => {
    const folder = await mkdtemp(join(tmpdir(), "butler-openapi-"))
    try {
      const file = join(folder, "openapi.json")
      await writeFile(file, JSON.stringify(openApiDocument))
      const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" }
      const redocly = here("node_modules/@redocly/cli/bin/cli.js")
      const lint = [redocly, "lint", file, "--config", here("redocly.yaml"), "--format", "json"]
      const { stdout } = await run(process.execPath, lint, { env }).catch((failure: { stdout: string }) => failure)
      assert.deepStrictEqual(JSON.parse(stdout).problems, [])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it("is the one that is checked in; `pnpm --filter @butler/contracts openapi` writes it anew", async () => {
    const checkedIn: unknown = JSON.parse(await readFile(here("openapi.json"), "utf8"))
    assert.deepStrictEqual(checkedIn, JSON.parse(JSON.stringify(openApiDocument)))
  })

  it("has an operation for every route, and no other", () => {
    const operations = Object.entries(openApiDocument.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`)
    )
    const declared = routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`)
    assert.sameMembers(operations, declared)
    assert.lengthOf(new Set(declared), routes.length)
  })

  it("spells its paths in kebab case, but for the vendor's own", () => {
    const segments = Object.keys(openApiDocument.paths).flatMap((path) => path.slice(1).split("/"))
    const others = segments.filter((segment) => !/^(\{[a-zA-Z]+\}|[a-z0-9]+([-.][a-z0-9]+)*)$/.test(segment))
    assert.deepStrictEqual(others, ["transferToHuman"])
  })

  it("asks for a key everywhere but on the system's routes, where keys are exchanged and where public ones are", () => {
    for (const [path, item] of Object.entries(openApiDocument.paths)) {
      for (const operation of Object.values(item)) {
        const open = OPEN.has(path)
        assert.lengthOf("security" in operation ? operation.security : [], open ? 0 : 3)
      }
    }
  })
})
