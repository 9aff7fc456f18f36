import { randomBytes } from "node:crypto"
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs"
import { join } from "node:path"
import { KEY_BYTES } from "./makeCipher.ts"

const OWNER_ONLY = 0o600

const read = (file: string): Buffer | null => {
  try {
    return Buffer.from(readFileSync(file, "utf8").trim(), "base64")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    throw error
  }
}

/** Whole and on the disk before it has its name, so that nothing is ever encrypted with a key that a crash can lose. */
const write = (file: string, key: Buffer): void => {
  const unfinished = `${file}.${process.pid}.unfinished`
  const open = openSync(unfinished, "w", OWNER_ONLY)
  try {
    writeSync(open, `${key.toString("base64")}\n`)
    fsyncSync(open)
  } finally {
    closeSync(open)
  }
  try {
    linkSync(unfinished, file)
  } finally {
    rmSync(unfinished)
  }
}

/** The key in an embedded home, made when there is none yet: `encryption-key`, for its owner only. */
export const homeKey = (home: string): Buffer => {
  const file = join(home, "encryption-key")
  const known = read(file)
  if (known?.length === KEY_BYTES) return known
  if (known !== null) throw new Error(`${file} is not an encryption key: 32 bytes in base64`)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  write(file, randomBytes(KEY_BYTES))
  return homeKey(home)
}
