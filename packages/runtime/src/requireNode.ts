/** What undici asks for; an older one has no `node:sqlite` without a flag. */
const [MAJOR, MINOR] = [22, 19]

/** What there is to say of a version of Node that the processes cannot run on. */
export const complaintOf = (version: string): string | undefined => {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  if (major > MAJOR || (major === MAJOR && minor >= MINOR)) return undefined
  return `needs Node ${MAJOR}.${MINOR} or newer, and this is ${version}; node_modules/node/bin/node is one`
}

/** Ends the process with one line on standard error where Node is too old. Call it before anything else is imported. */
export const requireNode = (name: string): void => {
  const complaint = complaintOf(process.versions.node)
  if (complaint === undefined) return
  process.stderr.write(`${name}: ${complaint}\n`)
  process.exit(1)
}
