import { checkZip } from "./checkZip.ts"
import { htmlToText } from "./htmlToText.ts"
import { type Parsed, type ParseRequest, plainText, Unreadable } from "./protocol.ts"

/** The text of a Word document, by way of HTML, which keeps headings, lists and tables. */
export const parseDocx = async ({ bytes }: ParseRequest): Promise<Parsed> => {
  checkZip(bytes)
  const [{ default: mammoth }, { parseHTML }] = await Promise.all([import("mammoth"), import("linkedom")])
  // Pictures would come as base64 of their bytes.
  const convertImage = mammoth.images.imgElement(() => Promise.resolve({ src: "" }))
  const converted = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, { convertImage }).catch(() => {
    throw new Unreadable("broken_file", "it is not a Word document that can be read")
  })
  const { document } = parseHTML(`<!doctype html><html><body>${converted.value}</body></html>`)
  return plainText(htmlToText(document.body))
}
