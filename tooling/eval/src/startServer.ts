import { startNode } from "@butler/testing"
import { Effect } from "effect"
import { randomBytes } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

const API = join(import.meta.dirname, "..", "..", "..", "apps", "api", "dist", "main.js")

/** What the started server is told of models, it is told by our own environment. */
const modelSettings = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value !== undefined && name.startsWith("BUTLER_MODEL") ? [[name, value]] : []
    )
  )

const start = async (withSample: boolean) => {
  const home = await mkdtemp(join(tmpdir(), "butler-eval-"))
  const key = `bk_${randomBytes(8).toString("hex")}_${randomBytes(32).toString("base64url")}`
  const process = startNode(API, {
    ...modelSettings(),
    PORT: "0",
    LOG_LEVEL: "Warn",
    BUTLER_HOME: home,
    BUTLER_BOOTSTRAP_KEY: key,
    BUTLER_SAMPLE: withSample ? "on" : "off"
  })
  const stop = async () => {
    process.signal("SIGTERM")
    await process.ended
    await rm(home, { recursive: true, force: true })
  }
  try {
    const [, url = ""] = await process.shows(/listening on (\S+)/)
    return { url, key, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A server of our own with an embedded database, for as long as the scope lasts. */
export const startServer = (withSample: boolean) =>
  Effect.acquireRelease(
    Effect.promise(() => start(withSample)),
    ({ stop }) => Effect.promise(stop)
  )
