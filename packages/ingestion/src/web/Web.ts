import { promisify } from "node:util"
import { brotliDecompress, gunzip, inflate } from "node:zlib"
import { UNREACHABLE } from "@butler/domain"
import { Egress } from "@butler/webhooks/egress"
import { Context, Effect, Layer, Schedule, Schema } from "effect"
import { type Dispatcher, request } from "undici"

/** How we call ourselves; `robots.txt` is asked for the first word. */
export const ROBOT = "ButlerBot"
const USER_AGENT = `${ROBOT}/1.0 (reads pages for a knowledge base)`

const MAX_REDIRECTS = 5

/** Most that cannot be had is there a moment later. */
const RETRY_PAUSE = Schedule.spaced("500 millis")

/** Something could not be had. `gone`: it is there no more; `unreachable`: it may be there another time. */
export class FetchFailed extends Schema.TaggedError<FetchFailed>()("FetchFailed", {
  code: Schema.String,
  detail: Schema.String
}) {}

export interface FetchRequest {
  readonly url: string
  readonly etag?: string | null
  readonly lastModified?: string | null
  readonly maxBytes: number
  /** What is read of running text, which is never as large as a document with pictures in it. */
  readonly maxTextBytes?: number
  /** Whether a redirect may be followed there. */
  readonly allows: (url: string) => boolean
}

export interface Fetched {
  /** After redirects. */
  readonly url: string
  readonly contentType: string
  readonly charset: string | null
  readonly etag: string | null
  readonly lastModified: string | null
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Gets pages by way of the guarded dispatcher; null: not changed since. */
export class Web extends Context.Service<
  Web,
  { readonly fetch: (request: FetchRequest) => Effect.Effect<Fetched | null, FetchFailed> }
>()("@butler/ingestion/Web") {
  static readonly layer = (
    options: { readonly timeoutMs: number } = { timeoutMs: 30_000 }
  ): Layer.Layer<Web, never, Egress> => Layer.effect(Web, make(options.timeoutMs))
}

type Answer = Dispatcher.ResponseData

const header = ({ headers }: Answer, name: string): string | null => {
  const value = headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}

const unreachable = (detail: string) => new FetchFailed({ code: UNREACHABLE, detail })
const tooLarge = (maxBytes: number) =>
  new FetchFailed({ code: "too_large", detail: `it has more than ${maxBytes.toLocaleString("en")} bytes` })

/** Ends an answer whose body nobody wants; that it is not whole is no error then. */
const dismiss = ({ body }: Answer): void => {
  body.on("error", () => {})
  body.destroy()
}

/** Reads a body to its end, or as far as it may go. */
const read = async (answer: Answer, maxBytes: number): Promise<Buffer> => {
  const chunks: Array<Buffer> = []
  let size = 0
  for await (const chunk of answer.body) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > maxBytes) {
      dismiss(answer)
      throw tooLarge(maxBytes)
    }
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

const unpackers = { gzip: promisify(gunzip), br: promisify(brotliDecompress), deflate: promisify(inflate) }

/** We ask for nothing packed, but some servers have nothing else. */
const unpack = async (bytes: Buffer, encoding: string | null, maxBytes: number): Promise<Buffer> => {
  if (encoding === null || encoding === "" || encoding === "identity") return bytes
  const unpacker = Object.entries(unpackers).find(([name]) => encoding === name || encoding === `x-${name}`)?.[1]
  if (unpacker === undefined) throw new FetchFailed({ code: "http_error", detail: "it is packed in an unknown way" })
  return unpacker(bytes, { maxOutputLength: maxBytes }).catch((error: unknown) => {
    throw error instanceof RangeError
      ? tooLarge(maxBytes)
      : new FetchFailed({ code: "http_error", detail: "it is broken" })
  })
}

const refusalOf = (status: number): FetchFailed | null => {
  if (status >= 200 && status < 300) return null
  if (status === 404 || status === 410) return new FetchFailed({ code: "gone", detail: `the server answers ${status}` })
  const detail = `the server answers ${status}`
  return status === 408 || status === 425 || status === 429 || status >= 500
    ? unreachable(detail)
    : new FetchFailed({ code: "http_error", detail })
}

const toFetched = async (
  answer: Answer,
  url: string,
  { maxBytes: most, maxTextBytes = most }: FetchRequest
): Promise<Fetched> => {
  const maxBytes = /^(?:text\/|application\/xhtml)/iu.test(header(answer, "content-type") ?? "") ? maxTextBytes : most
  if (Number(header(answer, "content-length") ?? 0) > maxBytes) {
    dismiss(answer)
    throw tooLarge(maxBytes)
  }
  const packed = await read(answer, maxBytes)
  const body = await unpack(packed, header(answer, "content-encoding")?.toLowerCase() ?? null, maxBytes)
  const type = header(answer, "content-type") ?? ""
  return {
    url,
    contentType: type.split(";", 1)[0]?.trim().toLowerCase() ?? "",
    charset: /charset\s*=\s*"?([\w:.-]+)/iu.exec(type)?.[1] ?? null,
    etag: header(answer, "etag"),
    lastModified: header(answer, "last-modified"),
    bytes: new Uint8Array(body)
  }
}

const exchange = async (
  dispatcher: Dispatcher,
  url: string,
  wanted: FetchRequest,
  signal: AbortSignal
): Promise<Fetched | string | null> => {
  const { allows, etag, lastModified } = wanted
  const answer = await request(url, {
    dispatcher,
    signal,
    headers: {
      "user-agent": USER_AGENT,
      accept: "text/html,application/xhtml+xml,application/pdf,text/plain,text/markdown,*/*;q=0.5",
      "accept-encoding": "identity",
      ...(etag !== undefined && etag !== null && { "if-none-match": etag }),
      ...(lastModified !== undefined && lastModified !== null && { "if-modified-since": lastModified })
    }
  })
  const { statusCode: status } = answer
  if (status === 304) {
    dismiss(answer)
    return null
  }
  if (status >= 300 && status < 400) {
    dismiss(answer)
    const target = URL.parse(header(answer, "location") ?? "", url)
    if (target === null) throw new FetchFailed({ code: "http_error", detail: "it redirects to nowhere" })
    if (!allows(target.href))
      throw new FetchFailed({ code: "redirected_away", detail: `it redirects to ${target.host}` })
    return target.href
  }
  const refusal = refusalOf(status)
  if (refusal === null) return toFetched(answer, url, wanted)
  dismiss(answer)
  throw refusal
}

const failureOf = (cause: unknown): FetchFailed =>
  cause instanceof FetchFailed ? cause : unreachable("it cannot be reached")

const make = Effect.fnUntraced(function* (timeoutMs: number) {
  const { dispatcher, judge } = yield* Egress

  const follow = Effect.fnUntraced(function* (wanted: FetchRequest) {
    let url = wanted.url
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      yield* Effect.mapError(judge(url), ({ reason }) => new FetchFailed({ code: "forbidden", detail: reason }))
      const result = yield* Effect.tryPromise({
        try: (signal) => exchange(dispatcher, url, wanted, signal),
        catch: failureOf
      })
      if (typeof result !== "string") return result
      url = result
    }
    return yield* new FetchFailed({ code: "http_error", detail: "it redirects again and again" })
  })

  return Web.of({
    fetch: (wanted) =>
      follow(wanted).pipe(
        Effect.retry({ times: 1, schedule: RETRY_PAUSE, while: ({ code }) => code === UNREACHABLE }),
        Effect.timeoutOrElse({
          duration: timeoutMs,
          orElse: () => Effect.fail(unreachable("it did not arrive in time"))
        }),
        Effect.withSpan("Web.fetch")
      )
  })
})
