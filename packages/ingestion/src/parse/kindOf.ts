import type { FileKind } from "@butler/domain"

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

const BY_TYPE: Readonly<Record<string, FileKind>> = {
  "text/html": "html",
  "application/xhtml+xml": "html",
  "application/pdf": "pdf",
  [DOCX]: "docx",
  "text/plain": "text",
  "text/markdown": "markdown",
  "text/x-markdown": "markdown",
  "text/csv": "csv",
  "application/csv": "csv",
  "text/tab-separated-values": "csv"
}

const BY_EXTENSION: Readonly<Record<string, FileKind>> = {
  htm: "html",
  html: "html",
  xhtml: "html",
  pdf: "pdf",
  docx: "docx",
  txt: "text",
  text: "text",
  md: "markdown",
  markdown: "markdown",
  csv: "csv",
  tsv: "csv"
}

/** What a file is by its name; a name's end says more than the type a browser guesses from it. */
const byName = (name: string): FileKind | null => BY_EXTENSION[/\.(\w+)$/u.exec(name)?.[1]?.toLowerCase() ?? ""] ?? null

/** What a page is by its type, or by its name where the type says nothing; null: nothing that can be read. */
export const kindOfPage = (contentType: string, url: string): FileKind | null =>
  contentType === "" || contentType === "application/octet-stream" || contentType === "binary/octet-stream"
    ? byName(new URL(url).pathname)
    : (BY_TYPE[contentType] ?? null)

/** What an uploaded file is. */
export const kindOfFile = (name: string, contentType: string): FileKind | null =>
  byName(name) ?? BY_TYPE[contentType] ?? null
