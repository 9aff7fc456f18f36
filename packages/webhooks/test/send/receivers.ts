import { type Receiver, type ReceiverOptions, type ReceiverScript, startReceiver } from "@butler/testing"
import { Effect, Layer, type Scope } from "effect"
import { Egress, type EgressOptions } from "../../src/egress/index.ts"
import type { SendRequest } from "../../src/send/exchange.ts"
import { Sender } from "../../src/send/Sender.ts"

/** A receiver that stops with its scope. */
export const receiver = (
  script?: ReceiverScript,
  options?: ReceiverOptions
): Effect.Effect<Receiver, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.promise(() => startReceiver(script, options)),
    (started) => Effect.promise(() => started.stop())
  )

/** A sender that may reach the loopback, unless told otherwise. */
export const senderLayer = (options: EgressOptions = { allow: ["127.0.0.0/8"] }) =>
  Layer.orDie(Sender.layer.pipe(Layer.provide(Egress.layer(options))))

export const post = (url: string, given: Partial<SendRequest> = {}) =>
  Sender.use((sender) => sender.send({ url, headers: {}, body: "{}", timeoutMs: 2_000, ...given }))
