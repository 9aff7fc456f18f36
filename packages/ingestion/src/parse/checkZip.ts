import { inflateRawSync } from "node:zlib"
import { Unreadable } from "./protocol.ts"

/** What a document may unpack to. A thousand pages of text are some 20 MB of XML. */
const MAX_UNPACKED = 128 * 1024 * 1024

const END = 0x06054b50
const ENTRY = 0x02014b50
const [STORED, DEFLATED] = [0, 8]

const broken = () => new Unreadable("broken_file", "it is not a ZIP archive that can be read")

/** Where the central directory begins, and how many entries it has. */
const directoryOf = (zip: DataView): { readonly offset: number; readonly entries: number } => {
  const earliest = Math.max(0, zip.byteLength - 65_557)
  for (let at = zip.byteLength - 22; at >= earliest; at--) {
    if (zip.getUint32(at, true) === END)
      return { offset: zip.getUint32(at + 16, true), entries: zip.getUint16(at + 10, true) }
  }
  throw broken()
}

const unpackedSize = (bytes: Uint8Array, method: number, room: number): number => {
  if (method === STORED) return bytes.length
  if (method !== DEFLATED) throw broken()
  try {
    return inflateRawSync(bytes, { maxOutputLength: room }).length
  } catch (error) {
    if (error instanceof RangeError) return Infinity
    throw broken()
  }
}

/**
 * Refuses an archive that unpacks to more than it may. Every entry is unpacked for it, within what room is left: what an
 * archive says of its own sizes may be a lie.
 */
export const checkZip = (bytes: Uint8Array): void => {
  const zip = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    let room = MAX_UNPACKED
    let { entries, offset } = directoryOf(zip)
    for (; entries > 0; entries--) {
      if (zip.getUint32(offset, true) !== ENTRY) throw broken()
      const method = zip.getUint16(offset + 10, true)
      const size = zip.getUint32(offset + 20, true)
      const header = zip.getUint32(offset + 42, true)
      const start = header + 30 + zip.getUint16(header + 26, true) + zip.getUint16(header + 28, true)
      if (start + size > bytes.length) throw broken()
      room -= unpackedSize(bytes.subarray(start, start + size), method, room)
      if (room <= 0) throw new Unreadable("zip_bomb", "it unpacks to more than a document can hold")
      offset +=
        46 + zip.getUint16(offset + 28, true) + zip.getUint16(offset + 30, true) + zip.getUint16(offset + 32, true)
    }
  } catch (error) {
    // Offsets that lead out of the archive.
    throw error instanceof RangeError ? broken() : error
  }
}
