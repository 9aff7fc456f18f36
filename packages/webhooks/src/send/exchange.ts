import type { AttemptError } from "@butler/domain"
import type { Dispatcher } from "undici"
import { attemptErrorOf } from "./attemptError.ts"

export interface SendRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Over DNS, connecting, TLS, headers and body together. */
  readonly timeoutMs: number
}

/** What came of a request; with an error also what was said before it. */
export interface Answer {
  readonly status: number | null
  readonly error: AttemptError | null
  /** At most 16 kB of the body, as text without the NUL that no database text holds. */
  readonly response: string
  readonly retryAfter: string | undefined
}

/** What is kept of a body. */
const KEPT_BYTES = 16_384

/** What is read of it: a longer one than any receiver needs to say "got it" is a fault, or a trap. */
const READ_BYTES = 65_536

type Headers = Readonly<Record<string, string | ReadonlyArray<string> | undefined>>

const header = (headers: Headers, name: string): string | undefined => {
  const value = headers[name]
  return typeof value === "object" ? value[0] : value
}

/** What is wrong with an answer by its head alone. */
const headError = (status: number, headers: Headers): AttemptError | null => {
  if (status >= 300 && status < 400) return "redirect"
  if (status < 200 || status >= 300) return "status"
  // Asked not to, no honest receiver encodes its answer; nothing is ever unpacked here.
  const encoding = header(headers, "content-encoding") ?? ""
  return encoding === "" || encoding.toLowerCase() === "identity" ? null : "encoded_body"
}

const textOf = (chunks: ReadonlyArray<Uint8Array>): string =>
  chunks.length === 0 ? "" : new TextDecoder().decode(Buffer.concat(chunks)).replaceAll("\0", "")

const ENOUGH = new Error("the answer is of no more use")

/**
 * Makes one request and calls back once, whatever happens; the function it returns calls it off. It speaks to the
 * dispatcher without streams, promises and signals between them, which cost as much as the request itself.
 */
export const exchange = (
  dispatcher: Dispatcher,
  request: SendRequest,
  done: (answer: Answer) => void
): (() => void) => {
  const { pathname, search, origin } = new URL(request.url)
  const kept: Array<Uint8Array> = []
  let read = 0
  let status: number | null = null
  let flaw: AttemptError | null = null
  let retryAfter: string | undefined
  let over = false
  let controller: Dispatcher.DispatchController | undefined

  const end = (error: AttemptError | null): void => {
    if (over) return
    over = true
    clearTimeout(deadline)
    done({ status, error: flaw ?? error, response: error === null ? textOf(kept) : "", retryAfter })
  }
  const stop = (error: AttemptError): void => {
    end(error)
    controller?.abort(ENOUGH)
  }
  const deadline = setTimeout(() => stop("timeout"), request.timeoutMs)

  const options: Dispatcher.DispatchOptions = {
    origin,
    path: pathname + search,
    method: "POST",
    headers: request.headers,
    body: request.body,
    // The one deadline is ours.
    headersTimeout: 0,
    bodyTimeout: 0
  }
  dispatcher.dispatch(options, {
    onRequestStart: (started) => {
      controller = started
      // Called off while it was still connecting.
      if (over) started.abort(ENOUGH)
    },
    onResponseStart: (_, code, headers) => {
      // What comes before the answer proper, such as 103.
      if (code < 200) return
      status = code
      flaw = headError(code, headers)
      retryAfter = header(headers, "retry-after")
    },
    onResponseData: (_, chunk) => {
      if (read < KEPT_BYTES) kept.push(chunk.subarray(0, KEPT_BYTES - read))
      read += chunk.length
      if (read > READ_BYTES) stop("body_too_large")
    },
    onResponseEnd: () => end(null),
    onResponseError: (_, cause) => end(attemptErrorOf(cause))
  })
  return () => stop("reset")
}
