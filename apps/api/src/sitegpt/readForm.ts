import { Readable } from "node:stream"
import { Effect } from "effect"
import type { FastifyRequest } from "fastify"
import { refuse, Refused } from "../http/Refused.ts"

const malformed = () => refuse("invalid_request", "the body must be multipart/form-data")

/** What is too large is read to its end all the same, and kept nowhere: who is still sending hears no answer. */
const collect = async (body: Readable, maxBytes: number): Promise<Buffer<ArrayBuffer>> => {
  const chunks: Array<Buffer> = []
  let size = 0
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size <= maxBytes) chunks.push(bytes)
  }
  if (size > maxBytes)
    throw refuse("payload_too_large", `the body has more than ${maxBytes.toLocaleString("en")} bytes`)
  return Buffer.concat(chunks)
}

/** A small form with its files, whatever the order of its fields. */
export const readForm = (request: FastifyRequest, maxBytes: number): Effect.Effect<FormData, Refused> =>
  Effect.tryPromise({
    try: async () => {
      const { body } = request
      if (!(body instanceof Readable)) throw malformed()
      const bytes = await collect(body, maxBytes)
      return new Response(bytes, { headers: { "content-type": request.headers["content-type"] ?? "" } }).formData()
    },
    catch: (cause) => (cause instanceof Refused ? cause : malformed())
  })
