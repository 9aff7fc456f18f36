import { readFileSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname } from "node:path"

export interface OsUser {
  readonly uid: number
  readonly gid: number
}

/** Whom PostgreSQL shall run as: ourselves, or somebody unprivileged when we are root, whom it refuses. */
export const postgresUser = (): OsUser | undefined => {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid }) => uid > 0)
  const user = users.find(({ name }) => name === "nobody") ?? users[0]
  if (user === undefined) throw new Error("PostgreSQL does not run as root, and this system has no other user")
  return { uid: user.uid, gid: user.gid }
}

const othersMayEnter = (path: string): boolean =>
  (statSync(path).mode & 0o001) !== 0 && (path === dirname(path) || othersMayEnter(dirname(path)))

/** The folder for temporary files, or the system's own when ours is closed to the user PostgreSQL runs as. */
export const temporaryRoot = (user: OsUser | undefined): string => {
  const own = tmpdir()
  return user === undefined || othersMayEnter(own) ? own : "/tmp"
}
