import { parentPort } from "node:worker_threads"
import type { Parsed, ParseReply, ParseRequest } from "./protocol.ts"
import { plainText, refuseTooLong, Unreadable } from "./protocol.ts"

/** Libraries are loaded when something needs them: the PDF one alone takes 30 MB. */
const parse = async (request: ParseRequest): Promise<Parsed> => {
  switch (request.kind) {
    case "pdf":
      return (await import("./parsePdf.ts")).parsePdf(request)
    case "docx":
      return (await import("./parseDocx.ts")).parseDocx(request)
    case "html":
      return (await import("./parseHtml.ts")).parseHtml(request)
    case "csv":
      return (await import("./parseCsv.ts")).parseCsv(request)
    case "pairs":
      return (await import("./parsePairs.ts")).parsePairs(request)
    case "sitemap":
      return (await import("./parseSitemap.ts")).parseSitemap(request)
    case "text":
    case "markdown":
      // No encoding takes more bytes for what counts as one character.
      refuseTooLong(request.bytes.length / 3)
      return plainText((await import("./decodeText.ts")).decodeText(request.bytes, request.charset))
  }
}

const refusal = (error: unknown): ParseReply => {
  if (error instanceof Unreadable) return { ok: false, code: error.code, detail: error.message }
  // The stack is full: nothing honest is nested so deeply.
  if (error instanceof RangeError) return { ok: false, code: "too_complex", detail: "it is nested too deeply" }
  return { ok: false, code: "broken_file", detail: "it cannot be read" }
}

const reply = async (request: ParseRequest): Promise<ParseReply> => {
  try {
    return { ok: true, parsed: await parse(request) }
  } catch (error) {
    return refusal(error)
  }
}

const port = parentPort
port?.on("message", (request: ParseRequest) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  void reply(request).then((answer) => port.postMessage(answer))
})
