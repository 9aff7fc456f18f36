import {
  type DeliveryOutcome,
  DeliveryQueue,
  type DeliveryWork,
  type Lease,
  SigningSecrets,
  type WorkspaceId
} from "@butler/domain"
import { Clock, Effect, Random } from "effect"
import { outcomeOf } from "../retry/outcomeOf.ts"
import { Sender } from "../send/Sender.ts"
import { makeSecret } from "../signing/secret.ts"
import { buildRequest } from "./buildRequest.ts"
import { makeTargetGate, type Passage } from "./targetGate.ts"

type Sendable = NonNullable<DeliveryWork["send"]>
type Attempted = Extract<DeliveryOutcome, { readonly _tag: "Attempted" }>

/** A place in the rate that comes free this soon is waited for. */
const PATIENCE_MS = 250

const targetKey = ({ workspaceId }: Lease, { target }: Sendable): string =>
  target._tag === "Endpoint" ? `${workspaceId}/${target.id}` : new URL(target.url).origin

/** How the gate is to take an attempt; without a word a slow target is left alone for a second here. */
const passageOf = ({ endpoint, verdict }: Attempted): readonly [Passage, slowForMs: number] => {
  if (verdict === "delivered") return ["well", 0]
  if (typeof endpoint === "object") return ["slow", endpoint.slowForMs ?? 1_000]
  return endpoint === "unreachable" ? ["slow", 0] : ["ill", 0]
}

/** Sends what was claimed, when its receiver can take it. What is put off here never costs an attempt. */
export const makeDeliver = Effect.fnUntraced(function* () {
  const queue = yield* DeliveryQueue
  const secretStore = yield* SigningSecrets
  const sender = yield* Sender
  const gate = makeTargetGate()

  const secretsFor = (workspaceId: WorkspaceId, { secrets, target }: Sendable) =>
    secrets.length > 0
      ? Effect.succeed(secrets)
      : secretStore
          .valid({ workspaceId, endpointId: target._tag === "Endpoint" ? target.id : null }, makeSecret())
          .pipe(
            Effect.map((valid) => valid.map(({ secret }) => secret)),
            Effect.orDie
          )

  const attempt = Effect.fnUntraced(function* (lease: Lease, send: Sendable) {
    const secrets = yield* secretsFor(lease.workspaceId, send)
    const now = yield* Clock.currentTimeMillis
    const made = yield* sender.send(buildRequest(send.target, send.content, secrets, now))
    const outcome = outcomeOf(made, send.attempts, yield* Random.next)
    return outcome
  })

  /** Milliseconds to come back after, when the endpoint's rate is used up. */
  const admit = Effect.fnUntraced(function* (lease: Lease, { target }: Sendable, key: string) {
    if (target._tag === "Callback" || target.ratePerMinute === null) return 0
    for (;;) {
      const wait = yield* queue.admit(lease.workspaceId, target.id)
      if (wait === 0) return 0
      if (wait > PATIENCE_MS) return yield* gate.paced(key, target.ratePerMinute)
      yield* Effect.sleep(wait)
    }
  })

  const passGate = Effect.fnUntraced(function* (lease: Lease, send: Sendable, key: string) {
    const delayMs = yield* admit(lease, send, key)
    if (delayMs > 0) {
      yield* gate.leave(key, "unsent", 0, 0)
      return { _tag: "Deferred", delayMs } satisfies DeliveryOutcome
    }
    const outcome = yield* attempt(lease, send)
    if (outcome._tag === "Attempted") {
      const [passage, slowForMs] = passageOf(outcome)
      yield* gate.leave(key, passage, outcome.attempt.durationMs, slowForMs)
    }
    return outcome
  })

  return Effect.fnUntraced(function* ({ lease, send }: DeliveryWork) {
    if (send === null) return { _tag: "Skipped" } satisfies DeliveryOutcome
    const key = targetKey(lease, send)
    const delayMs = yield* gate.enter(key, send.target._tag === "Endpoint" ? send.target.slowedMs : 0)
    if (delayMs > 0) return { _tag: "Deferred", delayMs } satisfies DeliveryOutcome
    return yield* passGate(lease, send, key).pipe(Effect.onError(() => gate.leave(key, "unsent", 0, 0)))
  })
})
