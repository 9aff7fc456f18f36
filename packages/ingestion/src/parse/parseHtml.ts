import { Readability } from "@mozilla/readability"
import { parseHTML } from "linkedom"
import { decodeText } from "./decodeText.ts"
import { htmlToText, type TextNode } from "./htmlToText.ts"
import { type Parsed, type ParseRequest, plainText, Unreadable } from "./protocol.ts"

/** Less says too little to be what a page is about. */
const SHORTEST_MAIN = 140

/** Of what a page's body says, a short main part must be more than this, and of pages that are lists Readability keeps one entry. */
const SMALLEST_SHARE = 0.2

/** As of a page on the web: a DOM of 50 MB takes more than half a gigabyte, and half a minute. */
const MAX_HTML = 10_000_000

/** More links than this are a list made by a program. */
const MAX_LINKS = 2000

const AROUND = "nav, header, footer, aside, [role=navigation], [role=banner], [role=contentinfo], [role=search]"

type Page = ReturnType<typeof parseHTML>["document"]

const linksOf = (page: Page, url: string): ReadonlyArray<string> => {
  const base = URL.parse(page.querySelector("base[href]")?.getAttribute("href") ?? "", url)?.href ?? url
  const links = new Set<string>()
  for (const anchor of page.querySelectorAll("a[href], area[href]")) {
    if (links.size >= MAX_LINKS) break
    if (/\bnofollow\b/iu.test(anchor.getAttribute("rel") ?? "")) continue
    const link = URL.parse(anchor.getAttribute("href") ?? "", base)
    if (link !== null && /^https?:$/u.test(link.protocol)) links.add(link.href)
  }
  return [...links]
}

/** What is asked of all robots; of one by name nobody asks us. */
const robotsOf = (page: Page): { readonly mayIndex: boolean; readonly mayFollow: boolean } => {
  const said = page.querySelector("meta[name=robots i]")?.getAttribute("content")?.toLowerCase() ?? ""
  const words = new Set(said.split(/[\s,]+/u))
  return {
    mayIndex: !words.has("noindex") && !words.has("none"),
    mayFollow: !words.has("nofollow") && !words.has("none")
  }
}

const titleOf = (page: Page): string | null => {
  const title = page.querySelector("title")?.textContent ?? ""
  const words = (title.trim() === "" ? (page.querySelector("h1")?.textContent ?? "") : title)
    .replace(/\s+/gu, " ")
    .trim()
  return words === "" ? null : words.slice(0, 256).toWellFormed()
}

const readable = (page: Page): string => {
  const article = new Readability<TextNode>(page, { serializer: (node) => node }).parse()
  return article?.content === null || article?.content === undefined ? "" : htmlToText(article.content)
}

/** What the page is about, without what stands around it: what it marks as that itself, else what Readability takes for it. */
const mainText = (page: Page): string => {
  const marked = page.querySelectorAll("main, [role=main]")
  const main = marked.length === 1 ? marked[0] : undefined
  for (const around of page.querySelectorAll(AROUND)) {
    // An article's own header holds its title.
    if (main === undefined || !around.matches("header") || !main.contains(around)) around.remove()
  }
  const body = htmlToText(page.body)
  const own = main === undefined ? "" : htmlToText(main)
  const share = body.length * SMALLEST_SHARE
  if (own !== "" && (own.length >= SHORTEST_MAIN || own.length >= share)) return own
  const article = readable(page)
  return article.length >= SHORTEST_MAIN && article.length >= share ? article : body
}

/** The main text of a page, its title, its links, and what it asks of robots. */
export const parseHtml = ({ bytes, charset, url }: ParseRequest): Parsed => {
  if (bytes.length > MAX_HTML) {
    throw new Unreadable("too_long", `it has more than ${MAX_HTML.toLocaleString("en")} bytes of HTML`)
  }
  const html = decodeText(bytes, charset, true)
  const { document } = parseHTML(/<html[\s>]/iu.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`)
  const title = titleOf(document)
  const found = { links: url === null ? [] : linksOf(document, url), ...robotsOf(document) }
  const text = mainText(document)
  // A page without words may still lead to others.
  if (text === "" && found.links.length > 0)
    return { title, content: { kind: "text", text: "" }, sitemaps: [], ...found }
  if (text === "") throw new Unreadable("no_text", "there is no text on the page")
  return { ...plainText(text, title), ...found }
}
