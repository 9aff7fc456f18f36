import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs"
import { join } from "node:path"
import { parseApiKey } from "@butler/domain"

const OWNER_ONLY = 0o600

/** The file in an embedded home that keeps its first key for its owner, who can read the database beside it anyway. */
export const keyFileOf = (home: string): string => join(home, "api-key")

/** The key in the file; null when there is none, or something else. */
export const readKeyFile = (file: string): string | null => {
  try {
    const text = readFileSync(file, "utf8").trim()
    return parseApiKey(text) === null ? null : text
  } catch {
    return null
  }
}

/** Keeps the key for good before it is stored anywhere else, so that no crash can leave a stored key that nobody knows. */
export const writeKeyFile = (home: string, text: string): void => {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const unfinished = `${keyFileOf(home)}.unfinished`
  const file = openSync(unfinished, "w", OWNER_ONLY)
  try {
    writeSync(file, `${text}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(unfinished, keyFileOf(home))
}
