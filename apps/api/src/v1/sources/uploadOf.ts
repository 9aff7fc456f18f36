import { PassThrough, Readable } from "node:stream"
import { Busboy } from "@fastify/busboy"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { refuse, Refused } from "../../http/Refused.ts"

/** A file on its way. `fields` stood before it in the form. */
export interface Upload {
  readonly stream: Readable
  readonly name: string
  readonly contentType: string
  readonly fields: Readonly<Record<string, string>>
}

const LIMITS = { files: 1, fields: 10, parts: 11, fieldSize: 2048, headerPairs: 50 }

const malformed = () => refuse("invalid_request", "the body is not a form with one file, named fields before it")

/** The first file of a form. What stands behind it is not waited for. */
const fileOfForm = (body: Readable, contentType: string): Promise<Upload> =>
  new Promise((resolve, reject) => {
    const fields: Record<string, string> = {}
    const form = new Busboy({ headers: { "content-type": contentType }, limits: LIMITS })
    let file: PassThrough | undefined
    const fail = (): void => {
      reject(malformed())
      file?.destroy(malformed())
    }
    form.on("field", (name, value) => (fields[name] = value))
    form.on("file", (_field, stream, name = "", _encoding, type) => {
      const arriving = new PassThrough()
      // Whoever reads it is told; nobody reads what was refused for its name, and an error that nobody hears ends the process.
      arriving.on("error", () => {})
      stream.once("error", fail)
      stream.pipe(arriving)
      file = arriving
      resolve({ stream: arriving, name, contentType: type, fields })
    })
    // The last of the file may still wait to be read when the form has ended.
    form.once("finish", () => reject(malformed()))
    form.once("error", fail)
    body.once("error", fail)
    body.once("aborted", fail)
    body.pipe(form)
  })

/** The file that a request brings: its body itself, or the one file of its form. */
export const uploadOf = Effect.fn("uploadOf")(function* (request: FastifyRequest) {
  const { body } = request
  if (!(body instanceof Readable)) {
    return yield* refuse("unsupported_media_type", "the body must be the file itself, or a form with it")
  }
  const contentType = request.headers["content-type"] ?? ""
  if (!/^multipart\/form-data\b/iu.test(contentType)) {
    const upload: Upload = { stream: body, name: "", contentType: contentType.split(";", 1)[0] ?? "", fields: {} }
    return upload
  }
  return yield* Effect.tryPromise({
    try: () => fileOfForm(body, contentType),
    catch: (cause) => (cause instanceof Refused ? cause : malformed())
  })
})
