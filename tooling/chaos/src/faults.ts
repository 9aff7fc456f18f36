import type { PostgresServer } from "@butler/testing"
import { setTimeout as sleep } from "node:timers/promises"
import postgres from "postgres"
import type { Fleet, Member } from "./Fleet.ts"
import { between, pick, type Random, shuffled } from "./random.ts"

const KINDS = ["kill", "stall", "sessions", "postgres"] as const
type Fault = (typeof KINDS)[number]

/** What follows one of each in every round: kills are what happens most. */
const MORE: ReadonlyArray<Fault> = ["kill", "kill", "kill", "kill", "kill", "stall"]

/** One of each first, so that the shortest run has had them all. */
const round = (random: Random): Array<Fault> => [...shuffled(random, KINDS), ...shuffled(random, MORE)]

export type FaultCounts = Record<Fault, number>

export interface FaultOptions {
  readonly fleet: Fleet
  readonly server: PostgresServer
  readonly random: Random
  /** What outlasts a lease. */
  readonly stallMs: number
  /** At least so long, and until there was something of everything. */
  readonly seconds: number
}

/** Ends half of the sessions that the processes have, whatever they are in the middle of. */
const endSessions = async (url: string): Promise<void> => {
  const admin = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} })
  try {
    await admin`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name like 'butler%' and pid % 2 = ${Math.floor(performance.now()) % 2}`
  } finally {
    await admin.end({ timeout: 0 })
  }
}

/** Its own processes may outlive the one that was killed by a moment, and it does not start beside them. */
const startAgain = async (server: PostgresServer, tries = 20): Promise<void> => {
  try {
    await server.restart()
  } catch (error) {
    if (tries === 1) throw error
    await sleep(200)
    await startAgain(server, tries - 1)
  }
}

/** Somebody who runs; of the APIs only one at a time, since without any there would be no load. */
const victim = async (fleet: Fleet, random: Random): Promise<Member> => {
  const up = await fleet.up()
  const apis = fleet.apis.filter((api) => up.includes(api))
  const [first = fleet.members[0], ...others] = up.filter((member) => apis.length > 1 || !apis.includes(member))
  return pick(random, [first, ...others])
}

/** Breaks something every second or so, for so long and until each kind was; how often it broke what. */
export const breakThings = async ({ fleet, random, seconds, server, stallMs }: FaultOptions): Promise<FaultCounts> => {
  const counts: FaultCounts = { kill: 0, stall: 0, sessions: 0, postgres: 0 }
  const stalls: Array<Promise<void>> = []

  const inflict: Record<Fault, () => Promise<void>> = {
    kill: async () => (await victim(fleet, random)).kill(),
    stall: async () => void stalls.push((await victim(fleet, random)).stall(stallMs)),
    sessions: () => endSessions(server.url),
    postgres: async () => {
      await server.kill9()
      await startAgain(server)
    }
  }

  const end = performance.now() + seconds * 1_000
  let next = round(random)
  while (performance.now() < end || Math.min(...Object.values(counts)) === 0) {
    await sleep(between(random, 600, 1_400))
    const [fault = "kill", ...later] = next
    await inflict[fault]()
    counts[fault]++
    next = later.length > 0 ? later : round(random)
  }
  await Promise.all(stalls)
  return counts
}
