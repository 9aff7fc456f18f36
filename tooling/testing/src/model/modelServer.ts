/**
 * The scripted model as a command: `node modelServer.js --latency-ms 200 --chunks 20 --every-ms 10 --port 0`. It echoes,
 * and prints its URL on a line of its own.
 */
import { parseArgs } from "node:util"
import { echo } from "./echo.ts"
import { startModelServer } from "./startModelServer.ts"

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    "latency-ms": { type: "string", default: "0" },
    chunks: { type: "string", default: "4" },
    "every-ms": { type: "string", default: "0" }
  }
})

const script = echo({
  latencyMs: Number(values["latency-ms"]),
  chunks: Number(values.chunks),
  everyMs: Number(values["every-ms"])
})
const server = await startModelServer(script, { port: Number(values.port), record: false })
process.stdout.write(`${server.url}\n`)

const stop = () => void server.stop()
process.once("SIGTERM", stop)
process.once("SIGINT", stop)
