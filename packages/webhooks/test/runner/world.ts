import {
  acceptTurn,
  Deliveries,
  type Delivery,
  DeliveryQueue,
  type EndpointSettings,
  Ids,
  type TurnCommand,
  type TurnEnding,
  Turns,
  type WebhookEndpoint,
  WebhookEndpointId,
  WebhookEndpoints,
  type WorkspaceId,
  Workspaces
} from "@butler/domain"
import { command } from "@butler/domain/testing"
import { PersistenceLayer, query } from "@butler/persistence"
import { engines } from "@butler/persistence/testing"
import { Effect, Layer, Logger, Schedule } from "effect"
import { sql } from "kysely"
import { defaultDeliveryRunnerOptions, DeliveryRunner, Egress, makeSecret, Sender } from "../../src/index.ts"

const sending = Sender.layer.pipe(Layer.provide(Layer.orDie(Egress.layer({ allow: ["127.0.0.0/8"] }))))

/** What an operator would be told is no news to a test. */
const quiet = Logger.layer([])

/** Both engines without a runner, and with one that may reach the loopback. */
export const worlds = engines.map(([name, database]) => {
  const store = PersistenceLayer.pipe(Layer.provideMerge(database), Layer.merge(sending), Layer.provideMerge(quiet))
  return {
    name,
    store,
    running: DeliveryRunner.layer({ ...defaultDeliveryRunnerOptions, drainMs: 200 }).pipe(Layer.provideMerge(store))
  }
})

export const newWorkspace = Effect.gen(function* () {
  const ids = yield* Ids
  const id = yield* ids.workspaceId
  yield* (yield* Workspaces).create({ id, name: "test" }, { id: yield* ids.agentId, name: "Butler" })
  return id
})

export const newEndpoint = Effect.fnUntraced(function* (
  workspaceId: WorkspaceId,
  url: string,
  given: Partial<EndpointSettings> = {}
) {
  const secret = makeSecret()
  const id = WebhookEndpointId.make(`wh_${yield* (yield* Ids).snowflake}`)
  const settings = {
    url,
    events: ["BUTLER_MESSAGE_CREATED"] as const,
    payload: "example" as const,
    headers: {},
    ordered: true,
    ratePerMinute: null,
    timeoutMs: 2_000,
    enabled: true,
    ...given
  }
  const endpoint = yield* (yield* WebhookEndpoints).create({ ...settings, id, workspaceId, secret })
  return { endpoint, secret }
})

/** A contact's message, not answered yet. */
export const ask = (workspaceId: WorkspaceId, given: Partial<TurnCommand> = {}) =>
  acceptTurn(command(workspaceId, { leaseMs: 600_000, ...given }))

/** A contact's message and what comes of it. */
export const converse = Effect.fnUntraced(function* (
  workspaceId: WorkspaceId,
  given: Partial<TurnCommand> = {},
  outcome: ReadonlyArray<string> | "failed" = ["On its way."]
) {
  const ids = yield* Ids
  const { dialogId, runnable, turnId } = yield* ask(workspaceId, given)
  if (runnable === null) return yield* Effect.die("the dialog is busy")
  const ending: TurnEnding =
    outcome === "failed"
      ? { status: "failed", error: { type: "model_failed", detail: "no answer" }, agentLogs: [], steps: [] }
      : {
          status: "completed",
          replies: yield* Effect.forEach(outcome, (content) =>
            Effect.map(ids.messageId, (id) => ({ id, contentType: "text" as const, content, url: "" }))
          ),
          agentLogs: [{ type: "language", message: "English", status: "certain", timestamp: 1 }],
          steps: []
        }
  yield* (yield* Turns).end(runnable, ending)
  return { dialogId, turnId }
})

/** Newest first. */
export const deliveriesOf = (endpoint: WebhookEndpoint) =>
  Deliveries.use((deliveries) =>
    deliveries.list({
      workspaceId: endpoint.workspaceId,
      endpointId: endpoint.id,
      status: null,
      after: null,
      limit: 1_000
    })
  ).pipe(Effect.map((page) => page.map(([delivery]) => delivery)))

/** Looks until it is so. */
export const eventually = <A, R>(look: Effect.Effect<A, never, R>, until: (found: A) => boolean) =>
  look.pipe(
    Effect.repeat({ until, schedule: Schedule.spaced("10 millis") }),
    Effect.timeout("15 seconds"),
    Effect.orDie
  )

export const settled = (endpoint: WebhookEndpoint, until: (all: ReadonlyArray<Delivery>) => boolean) =>
  eventually(deliveriesOf(endpoint), until)

export const all =
  (status: Delivery["status"], count: number) =>
  (deliveries: ReadonlyArray<Delivery>): boolean =>
    deliveries.length === count && deliveries.every((delivery) => delivery.status === status)

/** Takes new work as a runner would. */
export const claimFresh = Effect.fnUntraced(function* (durationMs: number) {
  const token = yield* (yield* Ids).snowflake
  return yield* (yield* DeliveryQueue).claim("fresh", 100, { token, durationMs })
})

/** Changes rows as time would. */
export const execute = (statement: string) => query("test", (db) => sql.raw(statement).execute(db)).pipe(Effect.orDie)

/** What waits for its next attempt is due now. */
export const hasten = Effect.fnUntraced(function* (workspaceId: WorkspaceId) {
  yield* execute(
    `update lane set next_at = now() where workspace_id = '${workspaceId}' and kind = 'delivery'
     and lease_token is null and next_at < 'infinity'`
  )
  yield* (yield* DeliveryRunner).wake
})

export const findEndpoint = (endpoint: WebhookEndpoint) =>
  WebhookEndpoints.use((endpoints) => endpoints.find(endpoint.workspaceId, endpoint.id)).pipe(
    Effect.flatMap(Effect.fromOption),
    Effect.orDie
  )
