import { Context, Effect, Layer, Schema, Semaphore } from "effect"
import type { Parsed, ParseRequest } from "./protocol.ts"
import { makeThreads, type ThreadOptions } from "./threads.ts"

/** Something cannot be read; `detail` is for the workspace's people. */
export class ParseFailed extends Schema.TaggedError<ParseFailed>()("ParseFailed", {
  code: Schema.String,
  detail: Schema.String
}) {}

export interface ParserOptions extends ThreadOptions {
  /** Files read at once; the processor is what they wait for. */
  readonly concurrency: number
}

export const defaultParserOptions: ParserOptions = {
  concurrency: 2,
  timeoutMs: 60_000,
  heapMb: 512,
  externalMb: 1024,
  idleMs: 30_000
}

/** Reads what strangers wrote, in threads that can neither hang nor blow up the process. */
export class Parser extends Context.Service<
  Parser,
  { readonly parse: (request: ParseRequest) => Effect.Effect<Parsed, ParseFailed> }
>()("@butler/ingestion/Parser") {
  static readonly layer = (options: Partial<ParserOptions> = {}): Layer.Layer<Parser> =>
    Layer.effect(Parser, make({ ...defaultParserOptions, ...options }))
}

const make = Effect.fnUntraced(function* (options: ParserOptions) {
  const threads = yield* Effect.acquireRelease(
    Effect.sync(() => makeThreads(options)),
    ({ close }) => Effect.promise(close)
  )
  const places = yield* Semaphore.make(options.concurrency)
  const parse = Effect.fn("Parser.parse")(function* (request: ParseRequest) {
    const reply = yield* Effect.promise((signal) => threads.parse(request, signal))
    if (!reply.ok) return yield* new ParseFailed({ code: reply.code, detail: reply.detail })
    return reply.parsed
  })
  return Parser.of({ parse: (request) => Semaphore.withPermit(places, parse(request)) })
})
