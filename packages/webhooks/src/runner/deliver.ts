import {
  type DeliveryOutcome,
  DeliveryQueue,
  type DueDelivery,
  SigningSecrets,
  type WebhookEndpointId,
  type WorkspaceId
} from "@butler/domain"
import { Clock, Effect, Random } from "effect"
import { type Attempted, outcomeOf } from "../retry/outcomeOf.ts"
import { Sender } from "../send/Sender.ts"
import { makeSecret } from "../signing/secret.ts"
import { buildRequest } from "./buildRequest.ts"
import { makeTargetGate, type Passage } from "./targetGate.ts"

const SKIPPED: Effect.Effect<DeliveryOutcome> = Effect.succeed({ _tag: "Skipped" })

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

  const firstSecrets = (workspaceId: WorkspaceId, { target }: DueDelivery) =>
    secretStore.valid({ workspaceId, endpointId: target._tag === "Endpoint" ? target.id : null }, makeSecret()).pipe(
      Effect.map((valid) => valid.map(({ secret }) => secret)),
      Effect.orDie
    )

  /** Milliseconds to come back after, when the endpoint's rate is used up. */
  const admit = Effect.fnUntraced(function* (
    workspaceId: WorkspaceId,
    endpointId: WebhookEndpointId,
    ratePerMinute: number,
    key: string
  ) {
    for (;;) {
      const wait = yield* queue.admit(workspaceId, endpointId)
      if (wait === 0) return 0
      if (wait > PATIENCE_MS) return yield* gate.paced(key, ratePerMinute)
      yield* Effect.sleep(wait)
    }
  })

  // One generator for what every delivery goes through: each more costs about as much as its signature.
  const passGate = Effect.fnUntraced(function* (workspaceId: WorkspaceId, due: DueDelivery, key: string) {
    const { attempts, content, target } = due
    if (target._tag === "Endpoint" && target.ratePerMinute !== null) {
      const delayMs = yield* admit(workspaceId, target.id, target.ratePerMinute, key)
      if (delayMs > 0) {
        yield* gate.leave(key, "unsent", 0, 0)
        return { _tag: "Deferred", delayMs } satisfies DeliveryOutcome
      }
    }
    const secrets = due.secrets.length > 0 ? due.secrets : yield* firstSecrets(workspaceId, due)
    const made = yield* sender.send(buildRequest(target, content, secrets, yield* Clock.currentTimeMillis))
    const outcome = outcomeOf(made, attempts, made.error === null ? 0 : yield* Random.next)
    const [passage, slowForMs] = passageOf(outcome)
    yield* gate.leave(key, passage, made.durationMs, slowForMs)
    return outcome
  })

  return (workspaceId: WorkspaceId, due: DueDelivery | null): Effect.Effect<DeliveryOutcome> => {
    if (due === null) return SKIPPED
    const key = targetKey(workspaceId, due)
    const send = passGate(workspaceId, due, key).pipe(Effect.onError(() => gate.leave(key, "unsent", 0, 0)))
    return Effect.flatMap(gate.enter(key, due.target._tag === "Endpoint" ? due.target.slowedMs : 0), (delayMs) =>
      delayMs > 0 ? Effect.succeed({ _tag: "Deferred", delayMs }) : send
    )
  }
})
