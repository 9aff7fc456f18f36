import { CipherPlain, Ids, Turns } from "@butler/domain"
import { PersistenceLayer, PostgresDatabase } from "@butler/persistence"
import { Effect, Layer, Redacted } from "effect"
import postgres from "postgres"
import type { Bench } from "./Bench.ts"
import { fairness } from "./fairness.ts"
import { fillQueue } from "./fillQueue.ts"
import { median } from "./statistics.ts"
import { type Figure, printTable, progress } from "./table.ts"

const TURNS = 100_000
const CASES = [
  { workspaces: 1, dialogs: 200 },
  { workspaces: 10, dialogs: 200 },
  { workspaces: 1000, dialogs: 1000 }
]

/** A free place at a time, as under load, and as many as a runner asks for at once. */
const LIMITS = [
  { limit: 1, claims: 300 },
  { limit: 32, claims: 100 }
]
const WARM_UP = 20
const LEASE_MS = 30_000
const BOUND_MS = 5

const nothing = { status: "completed", replies: [], agentLogs: [], steps: [] } as const

interface Claims {
  readonly limit: number
  readonly claims: number
  /** The least that the machine lets any statement take just now. */
  readonly ping: () => Promise<unknown>
}

/** How long claims take of which each is followed by the ends of what it got, as a runner's are. */
const timeClaims = Effect.fnUntraced(function* ({ claims: count, limit, ping }: Claims) {
  const turns = yield* Turns
  const ids = yield* Ids
  const pings: Array<number> = []
  const latencies: Array<number> = []
  for (let claim = 0; claim < WARM_UP + count; claim += 1) {
    const terms = { token: yield* ids.snowflake, durationMs: LEASE_MS }
    const pinged = performance.now()
    yield* Effect.promise(ping)
    const begun = performance.now()
    const claimed = yield* turns.claim(limit, terms)
    pings.push(begun - pinged)
    latencies.push(performance.now() - begun)
    if (claimed.length === 0) return yield* Effect.die("nothing was due")
    yield* Effect.forEach(claimed, (turn) => turns.end(turn, nothing), { concurrency: 8, discard: true })
  }
  return { ping: median(pings.slice(WARM_UP)), claim: median(latencies.slice(WARM_UP)) }
})

/** How long claims take with 100,000 turns waiting, and whether one workspace's keep another's from starting. Answers the errors. */
export const claims = async (bench: Bench): Promise<ReadonlyArray<string>> => {
  const figures: Array<Figure> = []
  for (const { dialogs, workspaces } of CASES) {
    progress(`filling ${workspaces} workspaces with ${TURNS} turns`)
    const databaseUrl = await bench.copyDatabase(`bench_claims_${workspaces}`)
    await fillQueue(databaseUrl, { workspaces, dialogs, turnsEach: TURNS / dialogs })
    await bench.settle()
    progress("claiming")
    const layer = Layer.provide(
      PersistenceLayer,
      Layer.merge(PostgresDatabase.layer({ url: Redacted.make(databaseUrl) }), CipherPlain)
    )
    const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
    for (const { claims: count, limit } of LIMITS) {
      const timed = timeClaims({ limit, claims: count, ping: () => sql`select 1` })
      const { claim, ping } = await Effect.runPromise(Effect.provide(timed, layer))
      figures.push({
        name: `${workspaces} workspaces, ${dialogs} dialogs: claim of ${limit}, p50, ms`,
        baseline: ping,
        value: claim,
        bound: { of: "value", at: "most", limit: BOUND_MS }
      })
    }
    await sql.end()
  }
  printTable(`claims with ${TURNS.toLocaleString("en-US")} turns waiting`, ["select 1", "claim"], figures)
  return fairness(bench)
}
