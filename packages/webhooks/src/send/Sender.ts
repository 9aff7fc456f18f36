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

const toAttempt = (
  { error, response, retryAfter, status }: Answer,
  startedAt: number,
  durationMs: number
): Attempt => ({
  at: new Date(startedAt),
  durationMs: Math.round(durationMs),
  status,
  error,
  response,
  retryAfterMs: retryAfter === undefined ? null : parseRetryAfter(retryAfter, startedAt + durationMs)
})

/** One attempt by way of a dispatcher. */
export const send =
  (dispatcher: Dispatcher) =>
  (request: SendRequest): Effect.Effect<Attempt> =>
    Clock.clockWith((clock) =>
      Effect.callback((resume) => {
        const startedAt = clock.currentTimeMillisUnsafe()
        const began = performance.now()
        const callOff = exchange(dispatcher, request, (answer) =>
          resume(Effect.succeed(toAttempt(answer, startedAt, performance.now() - began)))
        )
        return Effect.sync(callOff)
      })
    )
