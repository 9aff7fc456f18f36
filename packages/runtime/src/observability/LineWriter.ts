let pending = ""

const flush = (): void => {
  const lines = pending
  pending = ""
  process.stderr.write(lines)
}

/** Writes to standard error, all lines of one turn of the event loop in one system call. */
export const writeLine = (line: string): void => {
  if (pending === "") setImmediate(flush)
  pending += `${line}\n`
}

process.once("exit", flush)

// Whoever read the log has gone: that must not take the service down.
process.stderr.on("error", () => {})
