/** What is kept of a line that is too long: an id stands at its beginning or its end. */
const EDGE_BYTES = 256

const NEWLINE = 0x0a

export interface LineReaderOptions {
  /** How long a line may be, by the time it is read. */
  readonly maxBytes: () => number
  readonly onLine: (line: string) => void
  /** Told instead of a line that is longer, with the beginning and the end of it; the rest was not kept. */
  readonly onTooLong: (edges: string) => void
}

/** Takes a stream of bytes apart into lines. */
export const makeLineReader = ({ maxBytes, onLine, onTooLong }: LineReaderOptions): ((chunk: Buffer) => void) => {
  let parts: Array<Buffer> = []
  let length = 0
  let head: Buffer | null = null

  const take = (part: Buffer): void => {
    length += part.length
    parts.push(part)
    if (head === null && length <= maxBytes()) return
    const all = Buffer.concat(parts)
    head ??= Buffer.from(all.subarray(0, EDGE_BYTES))
    // A copy, lest the little that is kept holds on to all that was read.
    parts = [Buffer.from(all.subarray(-EDGE_BYTES))]
  }

  const end = (): void => {
    const rest = Buffer.concat(parts)
    const line = rest.toString("utf8")
    const edges = head === null ? null : `${head.toString("utf8")}\n${line}`
    parts = []
    length = 0
    head = null
    if (edges !== null) onTooLong(edges)
    else if (line.trim() !== "") onLine(line)
  }

  return (chunk) => {
    let rest = chunk
    for (let at = rest.indexOf(NEWLINE); at !== -1; at = rest.indexOf(NEWLINE)) {
      take(rest.subarray(0, at))
      end()
      rest = rest.subarray(at + 1)
    }
    if (rest.length > 0) take(rest)
  }
}
