import postgres from "postgres"
import { cpuMs, familyCpuMs, parentOf } from "../turn/processes.ts"
import type { ReceiverProcess } from "./arrivals.ts"
import type { Child } from "./child.ts"

/** All that take part, each in a process of its own. */
export interface Sides {
  readonly product: Child
  readonly bare: Child
  readonly receiver: ReceiverProcess
  /** A file of bodies, signed, for the bare loop. */
  readonly bodies: string
  /** The database's main process. */
  readonly postmaster: number
  readonly errors: Array<string>
}

/** One more than are looked at: the last one is there to hang. */
export const ENDPOINTS = 11
export const DIALOGS = 200

export const postmasterOf = async (url: string): Promise<number> => {
  const admin = postgres(url, { max: 1 })
  const [backend] = await admin<Array<{ readonly pid: number }>>`select pg_backend_pid() as pid`
  const postmaster = parentOf(backend?.pid ?? 0)
  await admin.end()
  return postmaster
}

/** Processor time that has gone by, in microseconds. */
export interface Spent {
  readonly product: number
  readonly database: number
}

export const spent = ({ postmaster, product }: Sides): Spent => ({
  product: cpuMs(product.pid) * 1_000,
  database: familyCpuMs(postmaster) * 1_000
})

export const spentSince = (sides: Sides, before: Spent, units: number): Spent => {
  const now = spent(sides)
  return { product: (now.product - before.product) / units, database: (now.database - before.database) / units }
}
