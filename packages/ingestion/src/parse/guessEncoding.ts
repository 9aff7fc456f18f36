import { analyse } from "chardet"

/** Bytes that tell an encoding; more of them tell it no better. */
const SAMPLE = 32_768

/** An encoding of two-byte characters fits much by chance. */
const TWO_BYTE = new Set(["Big5", "EUC-JP", "EUC-KR", "GB18030", "Shift_JIS"])
const SURE = { twoByte: 50, oneByte: 10 }

/** What may stand in a text for bytes that its encoding does not have. */
const MOST_STRAY = 0.01

/** UTF-16 without a byte order mark has its zeros in every other place. */
const byZeros = (bytes: Uint8Array): string | null => {
  let even = 0
  let odd = 0
  for (const [index, byte] of bytes.entries()) {
    if (byte !== 0) continue
    if (index % 2 === 0) even += 1
    else odd += 1
  }
  const zeros = even + odd
  if (zeros < 2 || zeros * 50 < bytes.length) return null
  if (odd * 20 > zeros * 19) return "utf-16le"
  return even * 20 > zeros * 19 ? "utf-16be" : null
}

/** Japanese mail's encoding, which is ASCII with escapes: `ESC $ B`. */
const byEscapes = (bytes: Uint8Array): string | null =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes("\u001B$") ? "iso-2022-jp" : null

/** From the first byte on that is not ASCII: what stands before it tells nothing. */
const telling = (bytes: Uint8Array): Uint8Array => {
  const first = bytes.findIndex((byte) => byte > 0x7f)
  return bytes.subarray(Math.max(first, 0), Math.max(first, 0) + SAMPLE)
}

/** Those that are more than chance, the likeliest first; of Latin 1 and 5, which differ in six letters, the rarer one. */
const byStatistics = (bytes: Uint8Array): ReadonlyArray<string> => {
  const found = analyse(telling(bytes)).filter(
    ({ confidence, name }) => confidence >= (TWO_BYTE.has(name) ? SURE.twoByte : SURE.oneByte)
  )
  const turkish = found.find(({ name }) => name === "ISO-8859-9")
  const isTurkish = turkish !== undefined && turkish.confidence >= (found[0]?.confidence ?? 0)
  return (isTurkish ? [turkish, ...found] : found).map(({ name }) => name)
}

const strictly = (label: string, bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

const leniently = (label: string, bytes: Uint8Array): string | null => {
  const text = new TextDecoder(label).decode(bytes)
  const stray = text.match(/\uFFFD/gu)?.length ?? 0
  return stray <= text.length * MOST_STRAY ? text : null
}

/** Too short to tell: what Chinese spreadsheets write, else what Western ones do. */
const byChance = (bytes: Uint8Array): string => {
  const chinese = strictly("gb18030", bytes)
  return chinese !== null && /\p{Script=Han}{2}/u.test(chinese)
    ? chinese
    : new TextDecoder("windows-1252").decode(bytes)
}

/** Bytes of which nobody says what they are, as the text that they most likely are. */
export const guessText = (bytes: Uint8Array): string => {
  const sample = bytes.subarray(0, SAMPLE)
  const plain = byZeros(sample) ?? byEscapes(sample)
  if (plain !== null) return new TextDecoder(plain).decode(bytes)
  const utf8 = strictly("utf-8", bytes)
  if (utf8 !== null) return utf8
  for (const label of byStatistics(bytes)) {
    const text = leniently(label, bytes)
    if (text !== null) return text
  }
  return byChance(bytes)
}
