import { execFile } from "node:child_process"
import { once } from "node:events"
import { chownSync, mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { promisify } from "node:util"
import { postgresBinaries } from "./postgres/binaries.ts"
import { postgresUser, temporaryRoot } from "./postgres/osUser.ts"
import { type Cluster, dataOf, environment, type Server, spawnPostgres } from "./postgres/spawnPostgres.ts"

export interface PostgresServer {
  /** Of the database `postgres`; `butler` is its superuser, without a password. */
  readonly url: string
  readonly stop: () => Promise<void>
  /** Ends it as a power cut would. Start it again with `restart`. */
  readonly kill9: () => Promise<void>
  readonly restart: () => Promise<void>
}

export interface PostgresServerOptions {
  /** Survives the machine. Off, as tests want it, it survives only its own process. */
  readonly durable?: boolean
  readonly settings?: Readonly<Record<string, string>>
}

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  wal_level: "minimal",
  max_wal_senders: "0"
}
const FLEETING = { fsync: "off", full_page_writes: "off", shared_buffers: "64MB" }

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, "127.0.0.1")
  await once(probe, "listening")
  const address = probe.address()
  probe.close()
  await once(probe, "close")
  if (address === null || typeof address === "string") throw new Error("no port to be had")
  return address.port
}

const initialise = async (cluster: Cluster): Promise<void> => {
  const args = ["-D", dataOf(cluster), "-U", "butler", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions"]
  const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
  await promisify(execFile)(join(cluster.native, "bin", "initdb"), [...args, ...locale], {
    env: environment(cluster.native),
    cwd: "/",
    ...cluster.user
  })
}

/** Another process may take the port between our finding and the server's binding it. */
const onFreePort = async <A>(start: (port: number) => Promise<A>, tries = 3): Promise<readonly [A, number]> => {
  const port = await freePort()
  try {
    return [await start(port), port]
  } catch (error) {
    if (tries === 1) throw error
    return onFreePort(start, tries - 1)
  }
}

/** A private PostgreSQL on a free port of 127.0.0.1, which ends and vanishes with this process. */
export const startPostgres = async (options: PostgresServerOptions = {}): Promise<PostgresServer> => {
  const user = postgresUser()
  const folder = mkdtempSync(join(temporaryRoot(user), "butler-postgres-data-"))
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const cluster: Cluster = {
    folder,
    user,
    native: postgresBinaries(user),
    url: (port) => `postgres://butler@127.0.0.1:${port}/postgres`
  }
  await initialise(cluster)
  const settings = { ...SETTINGS, ...(options.durable === true ? {} : FLEETING), ...options.settings }
  const [first, port] = await onFreePort((candidate) => spawnPostgres(cluster, candidate, settings))
  let server: Server = first
  return {
    url: cluster.url(port),
    stop: async () => {
      await server.stop("SIGINT")
      rmSync(folder, { recursive: true, force: true })
    },
    kill9: () => server.stop("SIGKILL"),
    restart: async () => {
      await server.stop("SIGINT")
      server = await spawnPostgres(cluster, port, settings)
    }
  }
}
