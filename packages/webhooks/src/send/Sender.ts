import type { Attempt } from "@butler/domain"
import { Clock, Context, Effect, Layer } from "effect"
import type { Dispatcher } from "undici"
import { Egress } from "../egress/Egress.ts"
import { parseRetryAfter } from "../retry/retryAfter.ts"
import { type Answer, exchange, type SendRequest } from "./exchange.ts"

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

/** One attempt by way of a dispatcher. */
export const send = (dispatcher: Dispatcher) =>
  Effect.fnUntraced(function* (request: SendRequest) {
    const startedAt = yield* Clock.currentTimeMillis
    const began = performance.now()
    const { error, response, retryAfter, status } = yield* Effect.callback<Answer>((resume) => {
      const callOff = exchange(dispatcher, request, (answer) => resume(Effect.succeed(answer)))
      return Effect.sync(callOff)
    })
    return {
      at: new Date(startedAt),
      durationMs: Math.round(performance.now() - began),
      status,
      error,
      response,
      retryAfterMs: retryAfter === undefined ? null : parseRetryAfter(retryAfter, yield* Clock.currentTimeMillis)
    } satisfies Attempt
  })
