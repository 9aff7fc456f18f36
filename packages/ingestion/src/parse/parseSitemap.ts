import { gunzipSync } from "node:zlib"
import { DOMParser } from "linkedom"
import { decodeText } from "./decodeText.ts"
import { type Parsed, type ParseRequest, Unreadable } from "./protocol.ts"

/** As the protocol limits them. */
const MAX_BYTES = 52_428_800
const MAX_URLS = 50_000

const unpacked = (bytes: Uint8Array): Uint8Array => {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES })
  } catch (error) {
    throw error instanceof RangeError
      ? new Unreadable("zip_bomb", "it unpacks to more than a sitemap may hold")
      : new Unreadable("broken_file", "it is not a sitemap that can be read")
  }
}

const absolute = (texts: Iterable<string>, base: string | null): ReadonlyArray<string> => {
  const urls = new Set<string>()
  for (const text of texts) {
    if (urls.size >= MAX_URLS) break
    const url = URL.parse(text.trim(), base ?? undefined)
    if (url !== null && /^https?:$/u.test(url.protocol)) urls.add(url.href)
  }
  return [...urls]
}

/** The pages and further sitemaps that a sitemap names: XML, packed or not, or one address a line. */
export const parseSitemap = ({ bytes, charset, url }: ParseRequest): Parsed => {
  const text = decodeText(unpacked(bytes), charset)
  const nothing = { title: null, content: { kind: "text", text: "" }, mayIndex: false, mayFollow: true } as const
  if (!/<(?:\w+:)?(?:urlset|sitemapindex)[\s>]/u.test(text.slice(0, 10_000))) {
    const links = absolute(
      text.split(/\r?\n/u).filter((line) => /^\s*https?:\/\//iu.test(line)),
      url
    )
    if (links.length === 0) throw new Unreadable("broken_file", "it is not a sitemap that can be read")
    return { ...nothing, links, sitemaps: [] }
  }
  const xml = new DOMParser().parseFromString(text, "text/xml")
  const locations = (selector: string) =>
    absolute(
      Array.from(xml.querySelectorAll(selector), ({ textContent }) => textContent ?? ""),
      url
    )
  return { ...nothing, links: locations("url > loc"), sitemaps: locations("sitemap > loc") }
}
