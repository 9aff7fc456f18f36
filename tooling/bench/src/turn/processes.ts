import { readdirSync, readFileSync } from "node:fs"

/** The kernel counts time in these, on every Linux. */
const TICKS_PER_SECOND = 100

interface Stat {
  readonly parent: number
  readonly ownMs: number
  readonly withDeadChildrenMs: number
}

const statOf = (pid: number): Stat => {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8")
  // The name before it is in brackets and may hold anything.
  const fields = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number)
  const ticks = (from: number, to: number) => fields.slice(from, to).reduce((total, value) => total + value, 0)
  const milliseconds = 1000 / TICKS_PER_SECOND
  return {
    parent: fields[1] ?? 0,
    ownMs: ticks(11, 13) * milliseconds,
    withDeadChildrenMs: ticks(11, 15) * milliseconds
  }
}

/** The processor time a process has taken, of user and system. */
export const cpuMs = (pid: number): number => statOf(pid).ownMs

export const parentOf = (pid: number): number => statOf(pid).parent

const tryStatOf = (pid: number): Stat | undefined => {
  try {
    return statOf(pid)
  } catch {
    // It ended between the listing and the look; its time is with its parent by then.
    return undefined
  }
}

/** The processor time of a process, of the children it has and of those it had. */
export const familyCpuMs = (pid: number): number => {
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => tryStatOf(Number(name)))
    .filter((stat) => stat?.parent === pid)
  return children.reduce((total, child) => total + (child?.ownMs ?? 0), statOf(pid).withDeadChildrenMs)
}

export const residentMb = (pid: number): number => {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]
  return Number(kilobytes) / 1024
}
