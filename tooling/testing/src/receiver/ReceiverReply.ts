import type { IncomingHttpHeaders } from "node:http"

/** A request as it came in. */
export interface ReceivedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Names and values in turn, as they were spelled. */
  readonly rawHeaders: ReadonlyArray<string>
  readonly body: string
  /** By this process's `performance.now()`. */
  readonly at: number
}

/** What a receiver does with one request: a good answer, or one of the many ways to misbehave. */
export type ReceiverReply =
  | {
      readonly kind: "status"
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
      readonly delayMs?: number
    }
  /** Takes the request and never answers. */
  | { readonly kind: "hang" }
  /** The headers come, then a byte of the body every so often, without end. */
  | { readonly kind: "drip"; readonly status?: number; readonly everyMs: number }
  /** A body without end, as fast as it is taken. */
  | { readonly kind: "endless"; readonly status?: number }
  /** A hundred megabytes of zeros, packed into a hundred kilobytes. */
  | { readonly kind: "gzipBomb" }
  /** So many bytes of headers. */
  | { readonly kind: "bigHeaders"; readonly bytes: number }
  /** The connection is reset: before anything is said, or after the headers. */
  | { readonly kind: "reset"; readonly afterHeaders?: boolean }
  /** A length is announced that never comes. */
  | { readonly kind: "short" }
  /** What is no HTTP. */
  | { readonly kind: "garbage" }

export const ok: ReceiverReply = { kind: "status", status: 200 }

/** One reply for all, or one made for each request. */
export type ReceiverScript = ReceiverReply | ((request: ReceivedRequest, index: number) => ReceiverReply)
