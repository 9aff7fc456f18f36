import { guessText } from "./guessEncoding.ts"
import { Unreadable } from "./protocol.ts"

const META = /<meta[^>]{0,512}?charset\s*=\s*["']?\s*([\w:.-]{1,40})/iu

/** Where a page has to say its encoding, by the HTML standard. */
const PRESCAN = 1024

const decoderOf = (label: string | null) => {
  if (label === null) return null
  try {
    return new TextDecoder(label)
  } catch {
    return null
  }
}

const byBom = (bytes: Uint8Array): string | null => {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8"
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le"
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null
}

const byMeta = (bytes: Uint8Array): string | null => {
  const label = META.exec(Buffer.from(bytes.subarray(0, PRESCAN)).toString("latin1"))?.[1]
  // A page that can be read as ASCII so far is not in UTF-16.
  return label === undefined ? null : label.toLowerCase().startsWith("utf-16") ? "utf-8" : label
}

/** What texts do not hold, and programs, pictures and archives do. */
const CONTROLS = /(?!\s)\p{Cc}/gu
const MOST_CONTROLS = 0.05
const SAMPLE = 100_000

const refuseBinary = (text: string): string => {
  const sample = text.slice(0, SAMPLE)
  // Zeros are what another encoding's text has too many of, and tell nothing.
  const controls = (sample.match(CONTROLS) ?? []).filter((character) => character !== "\0").length
  if (controls > 8 && controls > sample.length * MOST_CONTROLS) throw new Unreadable("broken_file", "it is not text")
  return text
}

/** Bytes as text: by their byte order mark, by what the server says, by what the page says of itself, else by a guess. */
export const decodeText = (bytes: Uint8Array, charset: string | null, isHtml = false): string => {
  const named = decoderOf(byBom(bytes)) ?? decoderOf(charset) ?? decoderOf(isHtml ? byMeta(bytes) : null)
  return refuseBinary(named === null ? guessText(bytes) : named.decode(bytes))
}
