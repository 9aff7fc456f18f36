/** As much of a DOM node as is read here; linkedom's and Readability's types differ. */
export interface TextNode {
  readonly nodeType: number
  readonly nodeName: string
  readonly textContent: string | null
  readonly childNodes: Iterable<TextNode>
  readonly getAttribute?: (name: string) => string | null
}

const [ELEMENT, TEXT] = [1, 3]

const SKIPPED = new Set(
  "SCRIPT STYLE NOSCRIPT TEMPLATE SVG MATH IFRAME OBJECT EMBED CANVAS AUDIO VIDEO SELECT BUTTON INPUT TEXTAREA DIALOG HEAD".split(
    " "
  )
)
const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM HEADER HGROUP HR HTML MAIN NAV OL P SECTION SUMMARY TABLE TBODY TFOOT THEAD TR UL".split(
    " "
  )
)

const UNSEEN =
  /(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:font-size|opacity)\s*:\s*0+(?:\.0*)?(?:px|r?em|pt|%)?\s*(?:;|!|$))/iu

const isHidden = ({ getAttribute, nodeName }: TextNode, attribute: (name: string) => string | null): boolean =>
  getAttribute !== undefined &&
  nodeName !== "BODY" &&
  (attribute("hidden") !== null || attribute("aria-hidden") === "true" || UNSEEN.test(attribute("style") ?? ""))

/** Text as it grows: words are parted by one space, blocks by a line or by an empty one. */
class Writer {
  private text = ""
  private gap: "" | " " | "\n" | "\n\n" = ""

  part(gap: " " | "\n" | "\n\n"): void {
    if (gap.length > this.gap.length || (gap === "\n" && this.gap === " ")) this.gap = gap
  }

  words(value: string): void {
    if (/^\s/u.test(value)) this.part(" ")
    const words = value.trim().replace(/\s+/gu, " ")
    if (words !== "") this.raw(words)
    if (/\s$/u.test(value)) this.part(" ")
  }

  raw(value: string): void {
    if (this.text !== "") this.text += this.gap
    this.gap = ""
    this.text += value
  }

  /** What follows stands right behind it. */
  mark(value: string): void {
    this.raw(value)
  }

  toString(): string {
    return this.text
  }
}

const line = (node: TextNode): string => textOf(node).replace(/\s+/gu, " ").trim()

const writeList = (node: TextNode, writer: Writer, depth: number): void => {
  writer.part(depth === 0 ? "\n\n" : "\n")
  let number = 0
  for (const item of node.childNodes) {
    if (item.nodeName !== "LI") continue
    number += 1
    writer.part("\n")
    writer.mark(`${"  ".repeat(depth)}${node.nodeName === "OL" ? `${number}.` : "-"} `)
    writeChildren(item, writer, depth + 1)
  }
  writer.part(depth === 0 ? "\n\n" : "\n")
}

const writeRow = (node: TextNode, writer: Writer): void => {
  const cells = [...node.childNodes].filter(({ nodeName }) => nodeName === "TD" || nodeName === "TH").map(line)
  writer.part("\n")
  if (cells.some((cell) => cell !== "")) writer.raw(cells.join(" | "))
  writer.part("\n")
}

const writeHeading = (node: TextNode, writer: Writer): void => {
  const words = line(node)
  writer.part("\n\n")
  if (words !== "") writer.raw(`${"#".repeat(Number(node.nodeName.charAt(1)))} ${words}`)
  writer.part("\n\n")
}

const writeCode = (node: TextNode, writer: Writer): void => {
  writer.part("\n\n")
  writer.raw(`\`\`\`\n${(node.textContent ?? "").replace(/^\n|\s+$/gu, "")}\n\`\`\``)
  writer.part("\n\n")
}

const writeElement = (node: TextNode, writer: Writer, depth: number): void => {
  const name = node.nodeName
  if (SKIPPED.has(name) || isHidden(node, (attribute) => node.getAttribute?.(attribute) ?? null)) return
  if (/^H[1-6]$/u.test(name)) return writeHeading(node, writer)
  if (name === "UL" || name === "OL") return writeList(node, writer, depth)
  if (name === "TR") return writeRow(node, writer)
  if (name === "PRE") return writeCode(node, writer)
  if (name === "BR") return writer.part("\n")
  if (!BLOCKS.has(name)) return writeChildren(node, writer, depth)
  // A paragraph within a list's entry stands on its line.
  const gap = depth > 0 ? " " : name === "P" || name === "TABLE" || name === "BLOCKQUOTE" ? "\n\n" : "\n"
  writer.part(gap)
  writeChildren(node, writer, depth)
  writer.part(gap)
}

const writeChildren = (node: TextNode, writer: Writer, depth: number): void => {
  for (const child of node.childNodes) {
    if (child.nodeType === TEXT) writer.words(child.textContent ?? "")
    else if (child.nodeType === ELEMENT) writeElement(child, writer, depth)
  }
}

const textOf = (node: TextNode): string => {
  const writer = new Writer()
  writeChildren(node, writer, 0)
  return String(writer)
}

/**
 * The text of a DOM as Markdown: headings, lists, table rows and code keep their form, links are their words. What a reader does
 * not see is left out, so that nobody can tell a model there what people do not read.
 */
export const htmlToText = (node: TextNode): string => textOf(node).trim()
