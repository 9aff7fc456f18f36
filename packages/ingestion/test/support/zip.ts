import { crc32, deflateRawSync } from "node:zlib"

const u16 = (value: number): Buffer => Buffer.from([value & 0xff, value >>> 8])
const u32 = (value: number): Buffer => Buffer.concat([u16(value & 0xffff), u16(value >>> 16)])

/** A ZIP archive of deflated entries. `lies` is what it says of the unpacked size of each. */
export const zip = (files: Readonly<Record<string, Buffer | string>>, lies?: number): Uint8Array<ArrayBuffer> => {
  const locals: Array<Buffer> = []
  const entries: Array<Buffer> = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const path = Buffer.from(name)
    const common = Buffer.concat([
      ...[20, 0, 8, 0, 0].map(u16),
      ...[crc32(bytes), packed.length, lies ?? bytes.length].map(u32),
      ...[path.length, 0].map(u16)
    ])
    locals.push(u32(0x04034b50), common, path, packed)
    const rest = Buffer.concat([...[0, 0, 0].map(u16), u32(0), u32(offset)])
    entries.push(u32(0x02014b50), u16(20), common, rest, path)
    offset += 4 + common.length + path.length + packed.length
  }
  const directory = Buffer.concat(entries)
  const count = Object.keys(files).length
  const end = Buffer.concat([
    u32(0x06054b50),
    ...[0, 0, count, count].map(u16),
    u32(directory.length),
    u32(offset),
    u16(0)
  ])
  return new Uint8Array(Buffer.concat([...locals, directory, end]))
}
