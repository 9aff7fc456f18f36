import { type DeliveryOutcome, DeliveryQueue, type DueDelivery, SigningSecrets, type WorkspaceId } from "@butler/domain"
import { Clock, Effect, Random } from "effect"
import { outcomeOf } from "../retry/outcomeOf.ts"
import { Sender } from "../send/Sender.ts"
import { makeSecret } from "../signing/secret.ts"
import { buildRequest } from "./buildRequest.ts"
import { makeTargetGate, type Passage } from "./targetGate.ts"

type Attempted = Extract<DeliveryOutcome, { readonly _tag: "Attempted" }>

/** A place in the rate that comes free this soon is waited for. */
const PATIENCE_MS = 250

const targetKey = (workspaceId: WorkspaceId, { target }: DueDelivery): string =>
  target._tag === "Endpoint" ? `${workspaceId}/${target.id}` : new URL(target.url).origin

/** How the gate is to take an attempt; without a word a slow target is left alone for a second here. */
const passageOf = ({ endpoint, verdict }: Attempted): readonly [Passage, slowForMs: number] => {
  if (verdict === "delivered") return ["well", 0]
  if (typeof endpoint === "object") return ["slow", endpoint.slowForMs ?? 1_000]
  return endpoint === "unreachable" ? ["slow", 0] : ["ill", 0]
}

/** Sends a delivery, when its receiver can take it. What is put off here never costs an attempt. */
export const makeDeliver = Effect.fnUntraced(function* () {
  const queue = yield* DeliveryQueue
  const secretStore = yield* SigningSecrets
  const sender = yield* Sender
  const gate = makeTargetGate()

  const secretsFor = (workspaceId: WorkspaceId, { secrets, target }: DueDelivery) =>
    secrets.length > 0
      ? Effect.succeed(secrets)
      : secretStore
          .valid({ workspaceId, endpointId: target._tag === "Endpoint" ? target.id : null }, makeSecret())
          .pipe(
            Effect.map((valid) => valid.map(({ secret }) => secret)),
            Effect.orDie
          )

  const attempt = Effect.fnUntraced(function* (workspaceId: WorkspaceId, due: DueDelivery) {
    const secrets = yield* secretsFor(workspaceId, due)
    const now = yield* Clock.currentTimeMillis
    const made = yield* sender.send(buildRequest(due.target, due.content, secrets, now))
    return outcomeOf(made, due.attempts, yield* Random.next)
  })

  /** Milliseconds to come back after, when the endpoint's rate is used up. */
  const admit = Effect.fnUntraced(function* (workspaceId: WorkspaceId, { target }: DueDelivery, key: string) {
    if (target._tag === "Callback" || target.ratePerMinute === null) return 0
    for (;;) {
      const wait = yield* queue.admit(workspaceId, target.id)
      if (wait === 0) return 0
      if (wait > PATIENCE_MS) return yield* gate.paced(key, target.ratePerMinute)
      yield* Effect.sleep(wait)
    }
  })

  const passGate = Effect.fnUntraced(function* (workspaceId: WorkspaceId, due: DueDelivery, key: string) {
    const delayMs = yield* admit(workspaceId, due, key)
    if (delayMs > 0) {
      yield* gate.leave(key, "unsent", 0, 0)
      return { _tag: "Deferred", delayMs } satisfies DeliveryOutcome
    }
    const outcome = yield* attempt(workspaceId, due)
    if (outcome._tag === "Attempted") {
      const [passage, slowForMs] = passageOf(outcome)
      yield* gate.leave(key, passage, outcome.attempt.durationMs, slowForMs)
    }
    return outcome
  })

  return Effect.fnUntraced(function* (workspaceId: WorkspaceId, due: DueDelivery | null) {
    if (due === null) return { _tag: "Skipped" } satisfies DeliveryOutcome
    const key = targetKey(workspaceId, due)
    const delayMs = yield* gate.enter(key, due.target._tag === "Endpoint" ? due.target.slowedMs : 0)
    if (delayMs > 0) return { _tag: "Deferred", delayMs } satisfies DeliveryOutcome
    return yield* passGate(workspaceId, due, key).pipe(Effect.onError(() => gate.leave(key, "unsent", 0, 0)))
  })
})
