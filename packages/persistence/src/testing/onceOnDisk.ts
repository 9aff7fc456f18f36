import { randomUUID } from "node:crypto"
import { closeSync, lstatSync, openAsBlob, openSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"

/** After that the one who was making it is taken for dead. */
const MADE_WITHIN_MS = 60_000
const LOOK_MS = 100

const isOurs = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false })?.uid === process.getuid?.()

const isMine = (claim: string): boolean => {
  try {
    closeSync(openSync(claim, "wx", 0o600))
    return true
  } catch {
    return false
  }
}

const keep = async (file: string, made: Blob): Promise<Blob> => {
  const unfinished = `${file}.${randomUUID()}`
  writeFileSync(unfinished, Buffer.from(await made.arrayBuffer()), { mode: 0o600 })
  renameSync(unfinished, file)
  return made
}

/** What the file holds; the first process that asks makes it, while the others wait. */
export const onceOnDisk = async (file: string, make: () => Promise<Blob>): Promise<Blob> => {
  const claim = `${file}.claim`
  const deadline = performance.now() + MADE_WITHIN_MS
  while (!isOurs(file)) {
    if (isMine(claim) || performance.now() > deadline) {
      try {
        // It may have been finished just before the claim was free.
        return isOurs(file) ? await openAsBlob(file) : await keep(file, await make())
      } finally {
        rmSync(claim, { force: true })
      }
    }
    await sleep(LOOK_MS)
  }
  return openAsBlob(file)
}
