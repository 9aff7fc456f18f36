import type { IncomingHttpHeaders } from "node:http"

/** One streamed piece of text; it leaves when `after` has settled and then `afterMs` have passed. */
export interface ModelChunk {
  readonly text: string
  readonly afterMs?: number
  readonly after?: Promise<unknown>
}

export interface ModelUsage {
  readonly promptTokens: number
  readonly completionTokens: number
}

export interface ModelToolCall {
  readonly name: string
  readonly arguments: unknown
}

/** An answer that comes to its end: in deltas when the request asks for a stream, else whole. */
interface Completion {
  readonly usage?: ModelUsage
  readonly finishReason?: string
}

/** What the scripted model does with one request. */
export type ModelReply =
  | ({ readonly kind: "text"; readonly text: string; readonly delayMs?: number } & Completion)
  | ({ readonly kind: "chunks"; readonly chunks: ReadonlyArray<string | ModelChunk> } & Completion)
  /** Tool calls, behind a few words if it has any. */
  | ({ readonly kind: "toolCalls"; readonly calls: ReadonlyArray<ModelToolCall>; readonly text?: string } & Completion)
  /** A well-formed completion without a word. */
  | ({ readonly kind: "empty" } & Completion)
  /** An error in OpenAI's form. `message` is what the endpoint says about it. */
  | {
      readonly kind: "status"
      readonly status: number
      readonly message?: string
      readonly headers?: Readonly<Record<string, string>>
    }
  /** The connection is reset: at once, or after the headers and these deltas. */
  | { readonly kind: "cut"; readonly after?: ReadonlyArray<string | ModelChunk> }
  /** The stream ends in good order after these deltas, with neither a finish reason nor `[DONE]`. */
  | { readonly kind: "unfinished"; readonly chunks: ReadonlyArray<string | ModelChunk> }
  /** Nothing more comes and the connection stays: at once, or after the headers and these deltas. */
  | { readonly kind: "hang"; readonly after?: ReadonlyArray<string | ModelChunk> }
  /** This very body with status 200, after these deltas if any. */
  | { readonly kind: "raw"; readonly body: string; readonly after?: ReadonlyArray<string | ModelChunk> }

/** A request as it came in. */
export interface ModelRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly bodyText: string
  /** The parsed body; undefined when it is not JSON. */
  readonly body: unknown
  /** When each delta was handed to the socket, by this process's `performance.now()`. */
  readonly sentAt: Array<number>
  /** Whether the caller went away before the answer was complete. */
  aborted: boolean
}

/** Replies in order, the last one for all that follow; or one made for each request. */
export type ModelScript = ReadonlyArray<ModelReply> | ((request: ModelRequest, index: number) => ModelReply)
