/** Starts a server, says where, and waits to be killed. */
import { startPostgres } from "../src/index.ts"

const server = await startPostgres()
process.stdout.write(`${server.url}\n`)
setInterval(() => {}, 60_000)
