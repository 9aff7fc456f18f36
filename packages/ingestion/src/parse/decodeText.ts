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

const strictly = (label: string, bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Nobody says what it is: UTF-8 if it can be that, then what Chinese spreadsheets write, then what Western ones do. */
const guess = (bytes: Uint8Array): string => {
  const utf8 = strictly("utf-8", bytes)
  if (utf8 !== null) return utf8
  const chinese = strictly("gb18030", bytes)
  if (chinese !== null && /\p{Script=Han}{2}/u.test(chinese)) return chinese
  return new TextDecoder("windows-1252").decode(bytes)
}

/** Bytes as text: by their byte order mark, by what the server says, by what the page says of itself, else by a guess. */
export const decodeText = (bytes: Uint8Array, charset: string | null, isHtml = false): string => {
  const named = decoderOf(byBom(bytes)) ?? decoderOf(charset) ?? decoderOf(isHtml ? byMeta(bytes) : null)
  return named === null ? guess(bytes) : named.decode(bytes)
}
