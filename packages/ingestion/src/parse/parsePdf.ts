import { fileURLToPath } from "node:url"
import { plainForms } from "./plainForms.ts"
import { MAX_TEXT, type Parsed, type ParseRequest, plainText, Unreadable } from "./protocol.ts"

/** pdf.js looks for these as it is loaded, for drawing; nothing is drawn here. */
const stubCanvas = (): void => {
  for (const name of ["DOMMatrix", "Path2D", "ImageData"]) {
    if (!Reflect.has(globalThis, name)) Reflect.set(globalThis, name, Object)
  }
}

const folder = (name: string): string =>
  fileURLToPath(new URL(`./${name}/`, import.meta.resolve("pdfjs-dist/package.json")))

const refusal = (error: unknown): Unreadable => {
  if (error instanceof Unreadable) return error
  return error instanceof Error && error.name === "PasswordException"
    ? new Unreadable("encrypted", "the PDF is protected by a password")
    : new Unreadable("broken_file", "it is not a PDF that can be read")
}

/** The text of a PDF, page by page. Chinese and Japanese fonts are mostly named and not embedded: hence the character maps. */
export const parsePdf = async ({ bytes }: ParseRequest): Promise<Parsed> => {
  stubCanvas()
  const { getDocument, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs")
  const loading = getDocument({
    data: bytes,
    verbosity: VerbosityLevel.ERRORS,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    cMapUrl: folder("cmaps"),
    cMapPacked: true,
    standardFontDataUrl: folder("standard_fonts")
  })
  try {
    const pdf = await loading.promise
    const pages: Array<string> = []
    let length = 0
    for (let number = 1; number <= pdf.numPages && length <= MAX_TEXT; number++) {
      const page = await pdf.getPage(number)
      // Of its own accord it takes ligatures apart before it turns lines that run from right to left, and so turns them as well.
      const { items } = await page.getTextContent({ disableNormalization: true })
      const text = items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("")
      pages.push(plainForms(text).trim())
      length += text.length
      page.cleanup()
    }
    return plainText(pages.filter((page) => page !== "").join("\n\n"))
  } catch (error) {
    throw refusal(error)
  } finally {
    await loading.destroy()
  }
}
