import { PDFDocument, StandardFonts } from "pdf-lib"
import { zip } from "./zip.ts"

/** A PDF whose pages hold these lines. */
export const pdf = async (pages: ReadonlyArray<ReadonlyArray<string>>): Promise<Uint8Array<ArrayBuffer>> => {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  for (const lines of pages) {
    const page = document.addPage([595, 842])
    lines.forEach((line, index) => page.drawText(line, { x: 40, y: 800 - index * 15, size: 10, font }))
  }
  return new Uint8Array(await document.save())
}

const hexOf = (text: string): string =>
  Array.from(text, (letter) => letter.charCodeAt(0).toString(16).padStart(4, "0")).join("")

const stream = (content: string): string => `<< /Length ${content.length} >>\nstream\n${content}\nendstream`

/** A PDF of one page, whose contents are the fourth object and whose font is the fifth. */
const onePage = (contents: string, fonts: ReadonlyArray<string>): Uint8Array<ArrayBuffer> => {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    stream(contents),
    ...fonts
  ]
  const body = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join("")
  return new Uint8Array(Buffer.from(`%PDF-1.4\n${body}trailer\n<< /Root 1 0 R /Size ${objects.length + 1} >>\n%%EOF`))
}

/** A PDF of lines of glyphs as they stand from left to right, each with the letters that it draws. */
export const glyphPdf = (lines: ReadonlyArray<ReadonlyArray<string>>): Uint8Array<ArrayBuffer> => {
  const glyphs = [...new Set(lines.flat())]
  const codeOf = (glyph: string) => hexOf(String.fromCharCode(glyphs.indexOf(glyph) + 1))
  const shown = lines.map(
    (line, index) => `BT /F1 12 Tf 40 ${700 - 20 * index} Td <${line.map(codeOf).join("")}> Tj ET`
  )
  const letters = glyphs.map((glyph) => `<${codeOf(glyph)}> <${hexOf(glyph)}>`).join(" ")
  const map = `begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange ${glyphs.length} beginbfchar ${letters} endbfchar endcmap`
  return onePage(shown.join("\n"), [
    "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>",
    stream(map)
  ])
}

/** A PDF of one line in a Chinese font that is named and not embedded, its text in UCS-2. */
export const chinesePdf = (text: string): Uint8Array<ArrayBuffer> =>
  onePage(`BT /F1 12 Tf 40 700 Td <${hexOf(text)}> Tj ET`, [
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
  ])

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>' +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
const RELS =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" ' +
  'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
const STYLES = `<w:styles ${W}><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style></w:styles>`
const DOCUMENT_RELS =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" ' +
  'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>'

const cells = (row: ReadonlyArray<string>): string =>
  row.map((cell) => `<w:tc><w:p><w:r><w:t>${cell}</w:t></w:r></w:p></w:tc>`).join("")

/** A Word document: a heading, a paragraph and a table; `more` stands beside them in the archive. */
export const docx = (
  heading: string,
  paragraph: string,
  table: ReadonlyArray<ReadonlyArray<string>>,
  more: Readonly<Record<string, Buffer>> = {},
  lies?: number
): Uint8Array<ArrayBuffer> => {
  const title = `<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:t>${heading}</w:t></w:r></w:p>`
  const text = `<w:p><w:r><w:t>${paragraph}</w:t></w:r></w:p>`
  const rows = table.map((row) => `<w:tr>${cells(row)}</w:tr>`).join("")
  const body = `<w:document ${W}><w:body>${title}${text}<w:tbl>${rows}</w:tbl></w:body></w:document>`
  const files = {
    "[Content_Types].xml": TYPES,
    "_rels/.rels": RELS,
    "word/document.xml": body,
    "word/styles.xml": STYLES,
    "word/_rels/document.xml.rels": DOCUMENT_RELS,
    ...more
  }
  return zip(files, lies)
}
