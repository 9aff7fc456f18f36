import { randomBytes } from "node:crypto"
import { mergeKnowledge, PostgresDatabase } from "@butler/persistence"
import { startPostgres } from "@butler/testing"
import { Effect, Redacted } from "effect"
import postgres from "postgres"
import { callTurn } from "./callTurn.ts"
import { type Contestant, type Start, startApi } from "./Contestant.ts"
import { sampleDocuments } from "./documents.ts"
import { familyCpuMs, parentOf } from "./processes.ts"

/** One PostgreSQL with a database that holds the schema, a key and the documents, to be copied. */
export interface Bench {
  readonly key: string
  readonly questions: ReadonlyArray<string>
  /** Copies the seed database, indexes, statistics and all; answers the copy's URL. */
  readonly copyDatabase: (name: string) => Promise<string>
  readonly settle: () => Promise<void>
  readonly databaseCpuMs: () => number
  /** How far the server's log of changes has come. */
  readonly walBytes: () => Promise<number>
  readonly description: string
}

const SEED = "bench_seed"

/** No checkpoint falls into one contestant's blocks; what a commit waits for is untouched. */
const SETTINGS = {
  shared_buffers: "512MB",
  max_wal_size: "16GB",
  checkpoint_timeout: "1h"
}

const newKey = (): string => `bk_${randomBytes(8).toString("hex")}_${randomBytes(32).toString("base64url")}`

const urlOf = (server: string, database: string): string => Object.assign(new URL(server), { pathname: database }).href

const addDocuments = async ({ key, pool }: Contestant): Promise<void> => {
  for (const { body } of sampleDocuments()) {
    const { body: answer, statusCode } = await pool.request({
      method: "POST",
      path: "/v1/knowledge/documents",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(body)
    })
    if (statusCode !== 201) throw new Error(`a document was refused: ${await answer.text()}`)
    await answer.dump()
  }
}

/** What later fillings of a database are made of. */
const addTurns = async ({ key, pool }: Contestant): Promise<void> => {
  for (const { question } of sampleDocuments()) await callTurn(pool, key, question, { userId: "seed" })
}

/** The index is as it is a minute after the documents came: the floor reads no other. */
const makeSeed = async (start: Start): Promise<void> => {
  const api = await startApi(start)
  try {
    await addDocuments(api)
    await addTurns(api)
  } finally {
    await api.stop()
  }
  const database = PostgresDatabase.layer({ url: Redacted.make(start.databaseUrl) })
  await Effect.runPromise(Effect.provide(mergeKnowledge, database))
  const sql = postgres(start.databaseUrl, { max: 1, onnotice: () => {} })
  await sql.unsafe("vacuum analyze")
  await sql.end()
}

/** Starts a durable PostgreSQL, which ends with `use`. */
export const withBench = async <A>(use: (bench: Bench) => Promise<A>): Promise<A> => {
  const server = await startPostgres({ durable: true, settings: SETTINGS })
  const admin = postgres(server.url, { max: 1, onnotice: () => {} })
  try {
    const key = newKey()
    const copyDatabase = async (name: string, template = SEED): Promise<string> => {
      await admin.unsafe(`create database ${name} template ${template}`)
      return urlOf(server.url, name)
    }
    await makeSeed({ key, databaseUrl: await copyDatabase(SEED, "template1") })
    const [backend] = await admin<Array<{ readonly pid: number; readonly version: string; readonly fsync: string }>>`
      select pg_backend_pid() as pid, current_setting('server_version') as version, current_setting('fsync') as fsync`
    const postmaster = parentOf(backend?.pid ?? 0)
    return await use({
      key,
      copyDatabase,
      questions: sampleDocuments().map(({ question }) => question),
      settle: async () => void (await admin.unsafe("checkpoint")),
      databaseCpuMs: () => familyCpuMs(postmaster),
      walBytes: async () => {
        const [row] = await admin<
          Array<{ readonly bytes: string }>
        >`select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as bytes`
        return Number(row?.bytes)
      },
      description: `PostgreSQL ${backend?.version} (fsync ${backend?.fsync}), Node ${process.versions.node}`
    })
  } finally {
    await admin.end()
    await server.stop()
  }
}
