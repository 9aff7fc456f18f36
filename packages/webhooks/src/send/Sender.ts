import type { Attempt, AttemptError } from "@butler/domain"
import { Clock, Context, Effect, Layer, Option } from "effect"
import type { Dispatcher } from "undici"
import { Egress } from "../egress/Egress.ts"
import { parseRetryAfter } from "../retry/retryAfter.ts"
import { attemptErrorOf } from "./attemptError.ts"
import { readBody } from "./readBody.ts"

export interface SendRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Over DNS, connecting, TLS, headers and body together. */
  readonly timeoutMs: number
}

interface Answer extends Pick<Attempt, "status" | "error" | "response"> {
  readonly retryAfter: string | undefined
}

/** What an answer has said before it broke off. */
interface Heard {
  status: number | null
  retryAfter: string | undefined
}

/** Makes one attempt; whatever a receiver does is recorded, nothing it does is a failure of this. */
export class Sender extends Context.Service<
  Sender,
  { readonly send: (request: SendRequest) => Effect.Effect<Attempt> }
>()("@butler/webhooks/Sender") {
  static readonly layer: Layer.Layer<Sender, never, Egress> = Layer.effect(
    Sender,
    Effect.map(Egress, ({ dispatcher }) => Sender.of({ send: send(dispatcher) }))
  )
}

const first = (value: string | ReadonlyArray<string> | undefined): string | undefined =>
  typeof value === "object" ? value[0] : value

const failureOf = (status: number, encoding: string | undefined, tooLarge: boolean): AttemptError | null => {
  if (status >= 300 && status < 400) return "redirect"
  if (status < 200 || status >= 300) return "status"
  // Asked not to, no honest receiver encodes its answer; nothing is ever unpacked here.
  if (encoding !== undefined && encoding !== "" && encoding.toLowerCase() !== "identity") return "encoded_body"
  return tooLarge ? "body_too_large" : null
}

const exchange = async (
  dispatcher: Dispatcher,
  request: SendRequest,
  heard: Heard,
  signal: AbortSignal
): Promise<Answer> => {
  const url = new URL(request.url)
  const { body, headers, statusCode } = await dispatcher.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: "POST",
    headers: request.headers,
    body: request.body,
    // The one deadline is the signal's.
    headersTimeout: 0,
    bodyTimeout: 0,
    signal
  })
  heard.status = statusCode
  heard.retryAfter = first(headers["retry-after"])
  const { text, tooLarge } = await readBody(body)
  return { ...heard, error: failureOf(statusCode, first(headers["content-encoding"]), tooLarge), response: text }
}

/** An attempt is a success only when all of the answer has come. */
const brokenOff = (heard: Heard, error: AttemptError): Answer => ({
  ...heard,
  error: (heard.status === null ? null : failureOf(heard.status, undefined, false)) ?? error,
  response: ""
})

/** One attempt by way of a dispatcher. */
export const send = (dispatcher: Dispatcher) =>
  Effect.fn("Sender.send")(function* (request: SendRequest) {
    const startedAt = yield* Clock.currentTimeMillis
    const began = performance.now()
    const heard: Heard = { status: null, retryAfter: undefined }
    const answer = yield* Effect.tryPromise({
      try: (signal) => exchange(dispatcher, request, heard, signal),
      catch: attemptErrorOf
    }).pipe(
      Effect.catch((error) => Effect.succeed(brokenOff(heard, error))),
      Effect.timeoutOption(request.timeoutMs),
      Effect.map(Option.getOrElse(() => brokenOff(heard, "timeout")))
    )
    const { error, response, retryAfter, status } = answer
    return {
      at: new Date(startedAt),
      durationMs: Math.round(performance.now() - began),
      status,
      error,
      response,
      retryAfterMs: retryAfter === undefined ? null : parseRetryAfter(retryAfter, yield* Clock.currentTimeMillis)
    } satisfies Attempt
  })
