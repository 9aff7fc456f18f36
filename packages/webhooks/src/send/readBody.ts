import type { Readable } from "node:stream"

/** What is kept of an answer. */
const KEPT_BYTES = 16_384

/** What is read of it: a longer one than any receiver needs to say "got it" is a fault, or a trap. */
const READ_BYTES = 65_536

export interface ReadBody {
  readonly text: string
  readonly tooLarge: boolean
}

/** Reads a body to its end or to its limit. Text is what UTF-8 makes of it, without the NUL that no database text holds. */
export const readBody = async (body: Readable): Promise<ReadBody> => {
  const kept: Array<Uint8Array> = []
  let read = 0
  for await (const chunk of body) {
    const bytes: Uint8Array = chunk
    if (read < KEPT_BYTES) kept.push(bytes.subarray(0, KEPT_BYTES - read))
    read += bytes.length
    if (read > READ_BYTES) {
      body.destroy()
      break
    }
  }
  const text = new TextDecoder().decode(Buffer.concat(kept)).replaceAll("\0", "")
  return { text, tooLarge: read > READ_BYTES }
}
