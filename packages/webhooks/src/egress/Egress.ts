import { Cache, Context, Effect, Layer } from "effect"
import { Agent, type Dispatcher } from "undici"
import { type InvalidEgressEntry, makeEgressPolicy } from "./EgressPolicy.ts"
import type { EgressRefused } from "./EgressRefused.ts"
import { guardedConnector } from "./guardedConnector.ts"
import { judgeUrl } from "./judgeUrl.ts"
import { makeResolveHost, type ResolveHost } from "./resolveHost.ts"

export interface EgressOptions {
  /** What is open beside the public internet: CIDR ranges, addresses, host names, `*.example.com`. */
  readonly allow?: ReadonlyArray<string>
  readonly resolve?: ResolveHost
  /** Trusted authorities instead of the system's, PEM. */
  readonly ca?: string
}

/** The largest time-out anyone may ask for; a request's own deadline ends it before. */
const CONNECT_MS = 30_000

/** 16 kB, which is also Node's own limit. */
const MAX_HEADER_BYTES = 16_384

/** Verdicts on names are asked for again and again while a caller works; a minute old is new enough for a first look. */
const VERDICTS = { capacity: 1_000, timeToLive: "1 minute" } as const

/**
 * The one way out to addresses that callers name. It never takes a proxy from the environment; redirects, which would lead
 * on to addresses nobody gave, are not followed by this kind of dispatcher.
 */
export class Egress extends Context.Service<
  Egress,
  {
    /** Sends requests, each connection judged when it is dialled. */
    readonly dispatcher: Dispatcher
    /** The URL, or why it may not be called. */
    readonly judge: (url: string) => Effect.Effect<URL, EgressRefused>
  }
>()("@butler/webhooks/Egress") {
  static readonly layer = (options: EgressOptions = {}): Layer.Layer<Egress, InvalidEgressEntry> =>
    Layer.effect(Egress, make(options))
}

const make = Effect.fnUntraced(function* ({ allow = [], ca, resolve = makeResolveHost() }: EgressOptions) {
  const policy = yield* Effect.fromResult(makeEgressPolicy(allow))
  const dispatcher = yield* Effect.acquireRelease(
    Effect.sync(
      () =>
        new Agent({
          connect: guardedConnector({ policy, resolve, connectTimeoutMs: CONNECT_MS, ...(ca !== undefined && { ca }) }),
          allowH2: false,
          pipelining: 1,
          maxHeaderSize: MAX_HEADER_BYTES
        })
    ),
    (agent) => Effect.promise(() => agent.destroy())
  )
  const verdicts = yield* Cache.make({ ...VERDICTS, lookup: judgeUrl(policy, resolve) })
  return Egress.of({ dispatcher, judge: (url) => Cache.get(verdicts, url) })
})
